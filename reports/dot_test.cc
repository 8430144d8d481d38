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
  EXPECT_EQ(RenderDot(kRun, Property::Kind::kUniversal, evidence), R"(GOLDEN)");
}

TEST(DotTest, HostileNames) {
  ExecutionBuilder b(1);
  const LocationId x = b.Location("a\"]; evil [\\\"\n");
  b.Write(0, x, 1);
  const std::string text = RenderDot(kRun, Property::Kind::kUniversal, b.Finish({"c", "\"quoted\\", {}, false}));
  EXPECT_NE(text.find(R"(e1 [label="1 a\"]; evil [\\\" .write(1)"];)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(label="VIOLATED c: \"quoted\\ (family/design)")"), std::string::npos) << text;
}

}  // namespace
}  // namespace doorway
