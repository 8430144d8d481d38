#include "harness/testing/axioms.h"

#include <gtest/gtest.h>

#include <utility>

#include "harness/testing/shorthand.h"

namespace doorway::reference {
namespace {

// Candidates by hand: locations 0 .. locations - 1, whose initial writes are events 0 .. locations - 1.
class Builder {
 public:
  explicit Builder(int locations) {
    for (int l = 0; l < locations; ++l) {
      Add(l, Order::kPlain);
      g_.writes |= Singleton(l);
    }
    inits_ = locations;
  }

  void NewThread() { thread_start_ = g_.size(); }
  int Write(int location, Order order) {
    const int e = Add(location, order);
    g_.writes |= Singleton(e);
    return e;
  }
  int Read(int location, Order order, int source) {
    const int e = Add(location, order);
    g_.reads |= Singleton(e);
    g_.rf.Add(source, e);
    return e;
  }
  int Update(int location, Order order, int source) {
    const int e = Read(location, order, source);
    g_.writes |= Singleton(e);
    return e;
  }
  int Fence(Order order) {
    const int e = Add(-1, order);
    g_.fences |= Singleton(e);
    return e;
  }
  void ReadLater(int read, int source) { g_.rf.Add(source, read); }
  int ReadOfLater(int location, Order order) {
    const int e = Add(location, order);
    g_.reads |= Singleton(e);
    return e;
  }
  Candidate WithOrder(std::vector<int> order) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t j = i + 1; j < order.size(); ++j) g_.mo.Add(order[i], order[j]);
    }
    return g_;
  }
  Candidate Done() { return g_; }

 private:
  int Add(int location, Order order) {
    const int e = g_.size();
    g_.order.push_back(order);
    g_.location.push_back(location);
    for (int init = 0; init < inits_; ++init) g_.po.Add(init, e);
    for (int earlier = thread_start_; inits_ > 0 && earlier < e; ++earlier) g_.po.Add(earlier, e);
    return e;
  }

  Candidate g_;
  int inits_ = 0;
  int thread_start_ = 0;
};

TEST(RelationTest, Operators) {
  Relation r;
  r.Add(1, 2);
  r.Add(2, 3);
  EXPECT_TRUE((r * r).Has(1, 3));
  EXPECT_FALSE((r * r).Has(1, 2));
  EXPECT_TRUE(Plus(r).Has(1, 3));
  EXPECT_FALSE(Plus(r).Has(1, 1));
  EXPECT_TRUE(Star(r).Has(1, 1));
  EXPECT_TRUE(Inverse(r).Has(2, 1));
  EXPECT_TRUE((r - Id(kAllEvents)).Has(1, 2));
  EXPECT_TRUE((r & Inverse(r)).Empty());
  EXPECT_TRUE(Acyclic(r));
  r.Add(3, 1);
  EXPECT_TRUE(r.Irreflexive());
  EXPECT_FALSE(Acyclic(r));
}

// LB: both reads read from the other thread's later write.
TEST(AxiomsTest, NoThinAir) {
  Builder b(2);
  b.NewThread();
  const int r0 = b.ReadOfLater(0, kRlx);
  const int w0 = b.Write(1, kRlx);
  b.NewThread();
  b.Read(1, kRlx, w0);
  const int w1 = b.Write(0, kRlx);
  b.ReadLater(r0, w1);
  b.WithOrder({0, w1});
  const Candidate g = b.WithOrder({1, w0});
  EXPECT_FALSE(NoThinAir(g));
  EXPECT_TRUE(Atomicity(g));
  EXPECT_TRUE(Coherence(g));
  EXPECT_TRUE(SeqCstOrder(g));
  EXPECT_FALSE(ConsistentInRc11(g));
}

TEST(AxiomsTest, Atomicity) {
  for (const bool between : {false, true}) {
    Builder b(1);
    b.NewThread();
    const int u = b.Update(0, kRlx, 0);
    b.NewThread();
    const int w = b.Write(0, kRlx);
    const Candidate g = between ? b.WithOrder({0, w, u}) : b.WithOrder({0, u, w});
    EXPECT_EQ(Atomicity(g), !between);
    EXPECT_TRUE(Coherence(g));
    EXPECT_EQ(SequentiallyConsistent(g), !between);
  }
}

// An update cannot read from a write that is mo-after it.
TEST(AxiomsTest, UpdateDoesNotReadFromItsFuture) {
  Builder b(1);
  b.NewThread();
  const int w = b.Write(0, kRlx);
  b.NewThread();
  const int u = b.Update(0, kRlx, w);
  const Candidate g = b.WithOrder({0, u, w});
  EXPECT_TRUE(Atomicity(g));
  EXPECT_FALSE(Coherence(g));
  EXPECT_FALSE(SequentiallyConsistent(g));
}

// CoRR: two reads of one thread, the second of the older write.
TEST(AxiomsTest, CoherenceOfReads) {
  Builder b(1);
  b.NewThread();
  const int w = b.Write(0, kRlx);
  b.NewThread();
  b.Read(0, kRlx, w);
  b.Read(0, kRlx, 0);
  EXPECT_FALSE(Coherence(b.WithOrder({0, w})));
}

// MP: the second read is stale only if the first one does not synchronize.
TEST(AxiomsTest, ReleaseAndAcquireSynchronize) {
  for (const Order load : {Order::kRelaxed, Order::kAcquire}) {
    for (const Order store : {Order::kRelaxed, Order::kRelease}) {
      Builder b(2);
      b.NewThread();
      const int x = b.Write(0, kRlx);
      const int y = b.Write(1, store);
      b.NewThread();
      b.Read(1, load, y);
      b.Read(0, kRlx, 0);
      b.WithOrder({0, x});
      const Candidate g = b.WithOrder({1, y});
      const bool synchronizes = load == Order::kAcquire && store == Order::kRelease;
      EXPECT_EQ(ConsistentInRc11(g), !synchronizes);
      EXPECT_EQ(HappensBefore(g).Has(x, 5), synchronizes);
      EXPECT_FALSE(SequentiallyConsistent(g));
    }
  }
}

// SB with fences: only the seq_cst ones order a store before a later load.
TEST(AxiomsTest, SeqCstFences) {
  for (const Order order : {Order::kAcqRel, Order::kSeqCst}) {
    Builder b(2);
    b.NewThread();
    const int x = b.Write(0, kRlx);
    b.Fence(order);
    b.Read(1, kRlx, 1);
    b.NewThread();
    const int y = b.Write(1, kRlx);
    b.Fence(order);
    b.Read(0, kRlx, 0);
    b.WithOrder({0, x});
    const Candidate g = b.WithOrder({1, y});
    EXPECT_TRUE(Coherence(g));
    EXPECT_EQ(SeqCstOrder(g), order != Order::kSeqCst);
  }
}

// Plain accesses race unless hb orders them, and order nothing themselves.
TEST(AxiomsTest, Races) {
  for (const bool atomic : {false, true}) {
    Builder b(2);
    b.NewThread();
    const int data = b.Write(0, Order::kPlain);
    b.Fence(Order::kRelease);
    const int flag = b.Write(1, atomic ? kRlx : Order::kPlain);
    b.NewThread();
    b.Read(1, atomic ? kRlx : Order::kPlain, flag);
    b.Fence(Order::kAcquire);
    b.Read(0, Order::kPlain, data);
    b.WithOrder({0, data});
    EXPECT_EQ(HasRace(b.WithOrder({1, flag})), !atomic);
  }
}

}  // namespace
}  // namespace doorway::reference
