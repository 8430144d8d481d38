#include "reports/dot.h"

#include <gtest/gtest.h>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

const Run kRun{"family/design", {}, -1, 2};

TEST(DotTest, Golden) {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  const EventId write = b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelease);
  b.Read(1, flag, up, Order::kAcquire);
  b.Write(1, flag, 2, Order::kRelaxed);
  const EventId read = b.Read(1, data, data);
  const Evidence evidence = b.Finish({"no_data_race", "a race", {{write, ""}, {read, ""}}, true});
  EXPECT_EQ(RenderDot(kRun, Property::Kind::kUniversal, evidence), R"dot(digraph execution {
  rankdir=TB; newrank=true; nodesep=0.6; fontname="Helvetica";
  label="VIOLATED no_data_race: a race (locks/sample.h:10, locks/sample.h:14) (family/design)"; labelloc=t;
  node [shape=box, fontname="Courier", fontsize=10, height=0.25];
  edge [fontname="Helvetica", fontsize=9, arrowsize=0.6];
  subgraph cluster_0 {
    label="T0"; color="#d0d0d0";
    e1 [label="A 1 data.write(1)", group=t0, color="#b4232a", penwidth=2];
    e2 [label="2 flag.store(1, release)", group=t0];
    e1 -> e2 [color="#909090", weight=10];
  }
  subgraph cluster_1 {
    label="T1"; color="#d0d0d0";
    e3 [label="3 flag.load(acquire) = 1", group=t1];
    e4 [label="4 flag.store(2, relaxed)", group=t1];
    e5 [label="B 5 data.read() = 0", group=t1, color="#b4232a", penwidth=2];
    e3 -> e4 [color="#909090", weight=10];
    e4 -> e5 [color="#909090", weight=10];
  }
  e2 -> e3 [label="rf", color="#1a7f37", fontcolor="#1a7f37", constraint=false];
  e2 -> e4 [label="mo", color="#9a5b00", fontcolor="#9a5b00", style=dashed, constraint=false];
  e5 -> e1 [label="fr", color="#a626a4", fontcolor="#a626a4", style=dotted, constraint=false];
  e3 -> e4 [label="fr", color="#a626a4", fontcolor="#a626a4", style=dotted, constraint=false];
  e2 -> e3 [label="hb", color="#0b57a4", fontcolor="#0b57a4", penwidth=1.4, constraint=false];
  e1 -> e5 [label="no order", dir=none, style=dashed, penwidth=2, color="#b4232a", fontcolor="#b4232a", constraint=false];
}
)dot");
}

TEST(DotTest, HostileNames) {
  ExecutionBuilder b(1);
  const LocationId x = b.Location("a\"]; evil [\\\"\n");
  b.Write(0, x, 1);
  const std::string text = RenderDot(kRun, Property::Kind::kUniversal, b.Finish({"c", "\"quoted\\", {}, false}));
  EXPECT_NE(text.find(R"dot(e1 [label="1 a\"]; evil [\\\" .write(1)", group=t0];)dot"), std::string::npos) << text;
  EXPECT_NE(text.find(R"dot(label="VIOLATED c: \"quoted\\ (family/design)")dot"), std::string::npos) << text;
}

}  // namespace
}  // namespace doorway
