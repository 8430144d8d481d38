#ifndef DOORWAY_KERNEL_LINUX_PERCPU_H
#define DOORWAY_KERNEL_LINUX_PERCPU_H

#include <linux/compiler.h>
#include <linux/smp.h>
#include <stdlib.h>

/* A per-CPU variable is the first of NR_CPUS copies that lie side by side; a pointer to it is one to its first copy. */
#define DEFINE_PER_CPU(type, name)                 \
  __typeof__(type) doorway_percpu_##name[NR_CPUS]; \
  extern __typeof__(type) name __attribute__((alias("doorway_percpu_" #name)))
#define DEFINE_PER_CPU_ALIGNED DEFINE_PER_CPU
#define DEFINE_PER_CPU_SHARED_ALIGNED DEFINE_PER_CPU
#define DEFINE_PER_CPU_READ_MOSTLY DEFINE_PER_CPU
#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define EXPORT_PER_CPU_SYMBOL(name)
#define EXPORT_PER_CPU_SYMBOL_GPL(name)

#define alloc_percpu(type) ((__typeof__(type)*)calloc(NR_CPUS, sizeof(type)))
#define free_percpu(p) free(p)

#define per_cpu_ptr(p, cpu) ((p) + (cpu))
#define per_cpu(variable, cpu) (*per_cpu_ptr(&(variable), cpu))
#define this_cpu_ptr(p) per_cpu_ptr(p, smp_processor_id())
#define raw_cpu_ptr(p) this_cpu_ptr(p)
#define get_cpu_ptr(p) this_cpu_ptr(p)
#define put_cpu_ptr(p) ((void)0)
#define get_cpu_var(variable) (*this_cpu_ptr(&(variable)))
#define put_cpu_var(variable) ((void)0)

/* Whole to their own CPU, where they are one instruction: relaxed to others. */
#define this_cpu_read(x) READ_ONCE(*this_cpu_ptr(&(x)))
#define this_cpu_write(x, value) WRITE_ONCE(*this_cpu_ptr(&(x)), value)
#define this_cpu_add(x, n) ((void)__atomic_fetch_add(this_cpu_ptr(&(x)), (n), __ATOMIC_RELAXED))
#define this_cpu_sub(x, n) ((void)__atomic_fetch_sub(this_cpu_ptr(&(x)), (n), __ATOMIC_RELAXED))
#define this_cpu_inc(x) this_cpu_add(x, 1)
#define this_cpu_dec(x) this_cpu_sub(x, 1)
#define this_cpu_inc_return(x) (__atomic_fetch_add(this_cpu_ptr(&(x)), 1, __ATOMIC_RELAXED) + 1)
#define __this_cpu_read this_cpu_read
#define __this_cpu_write this_cpu_write
#define __this_cpu_inc this_cpu_inc
#define __this_cpu_dec this_cpu_dec

#endif
