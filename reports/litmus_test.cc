#include "reports/litmus.h"

#include <gtest/gtest.h>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

const Run kRun{"family/design", {}, -1, 2};

TEST(LitmusTest, Golden) {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("lock.flag[0]"), count = b.Location("count", 7);
  b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelease);
  b.Update(0, count, 8, Order::kAcqRel);
  b.Read(1, flag, up, Order::kAcquire);
  b.Fence(1, Order::kSeqCst);
  b.Read(1, data, data);
  b.Update(1, count, 9, Order::kRelaxed);
  b.location(data).plain = true;
  EXPECT_EQ(RenderLitmus(kRun, b.Finish({"no_data_race", "a race", {}, true})), R"(C family_design_no_data_race
(* no_data_race: a race *)

{
  data = 0;
  lock_flag_0 = 0;
  count = 7;
}

P0 (int* data, atomic_int* lock_flag_0, atomic_int* count) {
  *data = 1;
  atomic_store_explicit(lock_flag_0, 1, memory_order_release);
  int r0 = atomic_exchange_explicit(count, 8, memory_order_acq_rel);
}

P1 (int* data, atomic_int* lock_flag_0, atomic_int* count) {
  int r0 = atomic_load_explicit(lock_flag_0, memory_order_acquire);
  atomic_thread_fence(memory_order_seq_cst);
  int r1 = *data;
  int r2 = atomic_exchange_explicit(count, 9, memory_order_relaxed);
}

exists (0:r0=7 /\ 1:r0=1 /\ 1:r1=0 /\ 1:r2=8 /\ count=9)
)");
}

TEST(LitmusTest, NamesAndValuesThatCHasNot) {
  ExecutionBuilder b(1);
  const LocationId a = b.Location("a.b"), same = b.Location("a[b]"), wide = b.Location("1st", 0, true, 8);
  b.Write(0, a, 0xffffffff, Order::kRelaxed);
  b.Write(0, same, 0xffffffff, Order::kRelaxed);
  b.Write(0, wide, ~Value{0}, Order::kRelaxed);
  const std::string text = RenderLitmus(kRun, b.Finish({"c", "a *) comment\nof two lines", {}, true}));
  EXPECT_NE(text.find("(* c: a * ) comment of two lines *)"), std::string::npos) << text;
  EXPECT_NE(text.find("(* 1000001 stands for "), std::string::npos) << text;
  EXPECT_NE(text.find("atomic_store_explicit(a_b, 1000001, memory_order_relaxed)"), std::string::npos) << text;
  EXPECT_NE(text.find("atomic_store_explicit(a_b_2, 1000001, memory_order_relaxed)"), std::string::npos) << text;
  EXPECT_NE(text.find("atomic_store_explicit(v1st, -1, memory_order_relaxed)"), std::string::npos) << text;
  EXPECT_NE(text.find("exists (true)"), std::string::npos) << text;
}

}  // namespace
}  // namespace doorway
