/* What an explored program may say besides. */
#ifndef HARNESS_COMPILED_DOORWAY_H_
#define HARNESS_COMPILED_DOORWAY_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Nondeterministic, 0 to n - 1 (n up to 1024): each is explored. Outside of threads, and before main() has started one:
 * 0. */
int doorway_choose(unsigned n);

#ifdef __cplusplus
}
#endif

#endif
