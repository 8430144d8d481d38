#include "models/cli/result_links.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "reports/files.h"

namespace doorway {
namespace {

using results::Place;

std::string Show(const std::optional<Place>& place) { return place.has_value() ? results::Show(*place) : "none"; }

TEST(ResultLinksTest, WhereAFileIsThatHasMoved) {
  const std::vector<Place> known = {{"a/x.html"}, {"b/n=1/x.html"}, {"b/n=2/x.html"}, {"z/outputs.zip", "x.html"}};
  const Place report{"b/all.json"};
  EXPECT_EQ(Show(PlaceOf("/gone/b/n=2/x.html", report, known)), "b/n=2/x.html");
  EXPECT_EQ(Show(PlaceOf("/gone/a/x.html", report, known)), "a/x.html");
  EXPECT_EQ(Show(PlaceOf("/gone/x.html", report, known)), "b/n=1/x.html") << "the folders of the report";
  EXPECT_EQ(Show(PlaceOf("/gone/y.html", report, known)), "none");
  EXPECT_EQ(Show(PlaceOf("/sandbox/x.html", {"z/outputs.zip", "x.report.json"}, known)), "z/outputs.zip (x.html)");
  EXPECT_EQ(Show(PlaceOf("/sandbox/x.html", {"y/outputs.zip", "x.report.json"}, known)), "none")
      << "not that of another test";
}

TEST(ResultLinksTest, Urls) {
  EXPECT_EQ(UrlOf("/a/b/c.html", "/a/b"), "c.html");
  EXPECT_EQ(UrlOf("/a/b/c.html", "/a/d/e"), "../../b/c.html");
  EXPECT_EQ(UrlOf("/a/n=1,m=2/\"<&#?%:.html", "/a"), "n%3D1%2Cm%3D2/%22%3C%26%23%3F%25%3A.html");
}

results::Found Said(const std::string& json, const std::string& html) {
  results::Found finding;
  finding.json = json;
  finding.html = html;
  return finding;
}

TEST(ResultLinksTest, Links) {
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/links";
  std::filesystem::create_directories(folder + "/out");
  WriteFile(folder + "/out/there.html", "");
  WriteFile(folder + "/there.html", "");
  results::Results results;
  results::RunResult run;
  run.place = {"all.json"};
  run.findings = {Said("/gone/x.json", "/gone/x.html"), Said(folder + "/out/there.json", folder + "/out/there.html"),
                  Said("/gone/only.json", ""), Said("", ""), Said("", "/etc/passwd")};
  results.runs = {run};
  results.loose = {{{"x.json"}, "a/b", "sc", {}}, {{"other.json"}, "a/b", "sc", {}}};
  LinkFindings(
      {{"x.json"}, {"x.html"}, {"other.json"}, {"other.html"}, {"only.json"}, {"there.html"}, {"out/there.html"}},
      folder, folder + "/pages", &results);
  const std::vector<results::Found>& findings = results.runs[0].findings;
  EXPECT_EQ(findings[0].link, "../x.html");
  EXPECT_EQ(findings[1].link, "../out/there.html") << "as the report says";
  EXPECT_EQ(findings[2].link, "../only.json");
  EXPECT_EQ(findings[3].link, "");
  EXPECT_EQ(findings[4].link, "") << "no page of ours";
  ASSERT_EQ(results.loose.size(), 1u) << "the report speaks of the other one";
  EXPECT_EQ(results.loose[0].finding.link, "../other.html");
}

}  // namespace
}  // namespace doorway
