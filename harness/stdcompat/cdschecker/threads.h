#pragma once

/* Threads as CDSChecker's tests have them: C11's, but that a thread returns nothing, and a join tells nothing. */

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*thrd_start_t)(void* argument);
typedef struct {
  unsigned long number;
} thrd_t;

int doorway_cds_thrd_create(thrd_t* thread, thrd_start_t code, void* argument);
int doorway_cds_thrd_join(unsigned long number);
unsigned long doorway_cds_thrd_current(void);

static inline int thrd_create(thrd_t* thread, thrd_start_t code, void* argument) {
  return doorway_cds_thrd_create(thread, code, argument);
}
static inline int thrd_join(thrd_t thread) { return doorway_cds_thrd_join(thread.number); }
static inline void thrd_yield(void) {}
static inline thrd_t thrd_current(void) {
  thrd_t self = {doorway_cds_thrd_current()};
  return self;
}

int user_main(int argc, char** argv);

#ifdef __cplusplus
}
#endif
