#include "models/cli/test_xml.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

TEST(TestXmlTest, SuitesOfSeveralSearches) {
  EXPECT_EQ(WithSuitesOf(TestXml("group/a.sc", {}, 1, "said"), TestXml("group/a.state_sc", {}, 0, "")),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="group/a.sc" tests="0" failures="0" errors="0" time="1.000">
    <system-out>said</system-out>
  </testsuite>
  <testsuite name="group/a.state_sc" tests="0" failures="0" errors="0" time="0.000">
    <system-out></system-out>
  </testsuite>
</testsuites>
)");
}

TEST(TestXmlTest, Golden) {
  const std::vector<TestCase> cases = {{"exclusion", ""}, {"executions", "expected 1 < 2 & \"3\""}};
  EXPECT_EQ(TestXml("group/a.sc", cases, 1.25, "said\x01\n<this>"), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="group/a.sc" tests="2" failures="1" errors="0" time="1.250">
    <testcase name="exclusion" classname="group/a.sc" status="run" time="1.250"/>
    <testcase name="executions" classname="group/a.sc" status="run" time="0.000">
      <failure message="expected 1 &lt; 2 &amp; &quot;3&quot;"/>
    </testcase>
    <system-out>said?
&lt;this&gt;</system-out>
  </testsuite>
</testsuites>
)");
}

}  // namespace
}  // namespace doorway
