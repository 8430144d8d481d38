#include <relacy/relacy.hpp>

#include "expect.h"

struct mutex_and_condition : rl::test_suite<mutex_and_condition, 2> {
  pthread_mutex_t m;
  pthread_cond_t cv;
  rl::var<int> data;
  mutex_and_condition() : data(0) {}
  void before() {
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m, &attr);
    pthread_mutexattr_destroy(&attr);
    pthread_cond_init(&cv, 0);
  }
  void thread(unsigned index) {
    pthread_mutex_lock(&m);
    if (index == 0) {
      data($) = 1;
      pthread_cond_signal(&cv);
    } else {
      while (data($) == 0) pthread_cond_wait(&cv, &m);
    }
    pthread_mutex_unlock(&m);
  }
  void after() {
    pthread_mutex_destroy(&m);
    pthread_cond_destroy(&cv);
  }
};

struct not_initialised : rl::test_suite<not_initialised, 1, rl::test_result_usage_of_non_initialized_mutex> {
  pthread_mutex_t m;
  void thread(unsigned) { pthread_mutex_lock(&m); }
};

struct initialised_twice : rl::test_suite<initialised_twice, 1, rl::test_result_double_initialization_of_mutex> {
  pthread_mutex_t m;
  void thread(unsigned) {
    pthread_mutex_init(&m, 0);
    pthread_mutex_init(&m, 0);
  }
};

struct never_destroyed : rl::test_suite<never_destroyed, 1, rl::test_result_resource_leak> {
  pthread_mutex_t m;
  void thread(unsigned) { pthread_mutex_init(&m, 0); }
};

struct readers_and_writer : rl::test_suite<readers_and_writer, 3> {
  pthread_rwlock_t lock;
  rl::var<int> data;
  int writers, readers;
  readers_and_writer() : data(0), writers(0), readers(0) {}
  void before() { pthread_rwlock_init(&lock, 0); }
  void invariant() { RL_ASSERT(writers == 0 || readers == 0); }
  void thread(unsigned index) {
    if (index == 0) {
      pthread_rwlock_wrlock(&lock);
      ++writers;
      data($) = 1;
      --writers;
    } else {
      pthread_rwlock_rdlock(&lock);
      ++readers;
      RL_ASSERT(data($) <= 1);
      --readers;
    }
    pthread_rwlock_unlock(&lock);
  }
  void after() { pthread_rwlock_destroy(&lock); }
};

struct upgrade : rl::test_suite<upgrade, 1, rl::test_result_mutex_read_to_write_upgrade> {
  pthread_rwlock_t lock;
  void before() { pthread_rwlock_init(&lock, 0); }
  void thread(unsigned) {
    pthread_rwlock_rdlock(&lock);
    pthread_rwlock_wrlock(&lock);
  }
};

struct counts : rl::test_suite<counts, 2> {
  sem_t items;
  rl::var<int> data;
  counts() : data(0) {}
  void before() { sem_init(&items, 0, 0); }
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      sem_post(&items);
    } else {
      while (sem_wait(&items) != 0) RL_ASSERT(errno == EINTR);
      RL_ASSERT(data($) == 1);
      RL_ASSERT(sem_trywait(&items) != 0 && errno == EAGAIN);
    }
  }
  void after() {
    int value = 7;
    sem_getvalue(&items, &value);
    RL_ASSERT(value == 0);
    sem_destroy(&items);
  }
};

struct too_few : rl::test_suite<too_few, 2, rl::test_result_deadlock> {
  sem_t items;
  void before() { sem_init(&items, 0, 1); }
  void thread(unsigned) {
    while (sem_wait(&items) != 0) {
    }
  }
  void after() { sem_destroy(&items); }
};

struct semaphore_not_initialised
    : rl::test_suite<semaphore_not_initialised, 1, rl::test_result_usage_of_non_initialized_semaphore> {
  sem_t items;
  void thread(unsigned) { sem_post(&items); }
};

template <bool wakes>
struct sleeps : rl::test_suite<sleeps<wakes>, 2, wakes ? rl::test_result_success : rl::test_result_deadlock> {
  rl::atomic<int> word;
  sleeps() : word(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      word.store(1, rl::memory_order_release);
      if (wakes) futex(&word, FUTEX_WAKE, 1, 0, 0, 0);
    } else {
      while (word.load(rl::memory_order_acquire) == 0) {
        int const result = futex(&word, FUTEX_WAIT, 0, 0, 0, 0);
        RL_ASSERT(result == 0 || result == EWOULDBLOCK || result == EINTR);
      }
    }
  }
};

struct in_time : rl::test_suite<in_time, 1> {
  pthread_mutex_t m;
  pthread_cond_t cv;
  void before() {
    pthread_mutex_init(&m, 0);
    pthread_cond_init(&cv, 0);
  }
  void thread(unsigned) {
    pthread_mutex_lock(&m);
    int const result = pthread_cond_timedwait(&cv, &m, 0);
    RL_ASSERT(result == ETIMEDOUT || result == EINTR);
    pthread_mutex_unlock(&m);
  }
  void after() {
    pthread_mutex_destroy(&m);
    pthread_cond_destroy(&cv);
  }
};

int main() {
  return run_tests<mutex_and_condition, not_initialised, initialised_twice, never_destroyed, readers_and_writer,
                   upgrade, counts, too_few, semaphore_not_initialised, sleeps<true>, sleeps<false>, in_time>();
}
