#include <benchmark/benchmark.h>
static void B(benchmark::State& s) { for (auto _ : s) { int x = 1; benchmark::DoNotOptimize(x); } }
BENCHMARK(B);
BENCHMARK_MAIN();
