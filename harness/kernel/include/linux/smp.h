#ifndef DOORWAY_KERNEL_LINUX_SMP_H
#define DOORWAY_KERNEL_LINUX_SMP_H

#include <pthread.h>

/* A thread runs on a CPU of its own, of its number: main()'s on CPU 0. */
#ifndef NR_CPUS
#define NR_CPUS 4
#endif
#define nr_cpu_ids NR_CPUS

static inline int doorway_cpu(void) { return (int)pthread_self() - 1; }
#define smp_processor_id() doorway_cpu()
#define raw_smp_processor_id() doorway_cpu()
#define get_cpu() doorway_cpu()
#define put_cpu() ((void)0)
#define num_possible_cpus() NR_CPUS
#define num_online_cpus() NR_CPUS
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < NR_CPUS; ++(cpu))
#define for_each_online_cpu(cpu) for_each_possible_cpu(cpu)

#endif
