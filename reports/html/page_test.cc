#include "reports/html/page.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "reports/files.h"
#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

using Json = nlohmann::json;

const Run kRun{"family/design", {{"threads", 2}}, -1, 2};

// What is a page without its style and script, which are files of their own.
std::string WithoutAssets(std::string page) {
  for (const auto& [from, to] :
       {std::pair("<style>", "</style>"), std::pair("<script>", "</script>"), std::pair("'sha256-", "'")}) {
    const std::size_t begin = page.find(from) + std::string_view(from).size();
    page.erase(begin, page.find(to, begin) - begin);
  }
  return page;
}

Json DataOf(const std::string& page) {
  const std::string from = "id=\"run\">";
  const std::size_t begin = page.find(from) + from.size();
  return Json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

Report Of(Evidence evidence, MemoryModel memory = MemoryModel::kRc11) {
  Report report;
  report.memory = memory;
  ClaimResult& claim = report.claims.emplace_back();
  claim.name = evidence.finding.claim;
  claim.description = "what is claimed";
  claim.verdict = Verdict::kViolated;
  claim.evidence = std::move(evidence);
  return report;
}

std::string PageOf(const Report& report, const PageOptions& options = {}) {
  SourceFiles none;
  return FindingPage(kRun, report, report.claims[0], none, options);
}

// Message passing by a flag that is not released.
Report Race() {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  const EventId write = b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelaxed);
  b.Read(1, flag, up, Order::kAcquire);
  b.Note(1, notes::kEnter, 1);
  const EventId read = b.Read(1, data, data);
  return Of(b.Finish({"no_data_race", "thread 0 writes 'data', thread 1 reads it", {{write, ""}, {read, ""}}, true}));
}

Report Starvation() {
  ExecutionBuilder b(2);
  const LocationId held = b.Location("held");
  b.Update(0, held, 1, Order::kAcquire, "exchange");
  b.Read(1, held, b.newest(held), Order::kAcquire);
  b.Write(0, held, 0, Order::kRelease);
  b.Update(0, held, 1, Order::kAcquire, "exchange");
  b.End(1, ThreadEnd::kStuck, held);
  Evidence evidence = b.Finish({"starvation_free", "thread 1 waits for ever", {}, false});
  evidence.lasso = Lasso{3, 1, {0}};
  return Of(std::move(evidence), MemoryModel::kSc);
}

TEST(PageTest, Golden) {
  PageOptions options;
  options.replay_command = "doorway replay a.json";
  EXPECT_EQ(WithoutAssets(PageOf(Race(), options)), ReadFile("reports/html/testing/race.html"));
  EXPECT_EQ(PageOf(Race(), options), PageOf(Race(), options));
}

TEST(PageTest, DataOfTheRace) {
  const Json data = DataOf(PageOf(Race()));
  EXPECT_EQ(data["threads"], Json::parse(R"(["T0", "T1"])"));
  EXPECT_EQ(data["locations"], Json::parse(R"([{"name": "data", "writes": [[0, "0"], [1, "1"]]},
                            {"name": "flag", "writes": [[0, "0"], [2, "1"]]}])"));
  // Thread, variable, place written, place read, what is learned.
  EXPECT_EQ(data["steps"], Json::parse("[[0,0,1,-1,[[0,1]]], [0,1,1,-1,[[1,1]]], [1,1,-1,1,[[1,1]]], [1,0,-1,0,[]]]"));
  EXPECT_EQ(data["arrows"], Json::parse(R"({"rf": [[2, 3]], "mo": [], "fr": [[4, 1]], "hb": []})"));
  EXPECT_EQ(data["points"], Json::parse("[1, 4]"));
  EXPECT_EQ(data["missing"], Json::parse("[1, 4]"));
  EXPECT_EQ(data["weak"], Json::parse("[2, 3]"));
  EXPECT_EQ(data["unordered"], true);
  EXPECT_EQ(data["knowledge"], true);
  EXPECT_EQ(data["cursor"], 4);
  EXPECT_EQ(data["cycle"], nullptr);
}

TEST(PageTest, ALasso) {
  const std::string page = PageOf(Starvation());
  EXPECT_NE(page.find("from here on, for ever:"), std::string::npos);
  EXPECT_NE(page.find("back to step 3"), std::string::npos);
  EXPECT_NE(page.find("<p class=\"why\">T1 waits for ever, while T0 goes on: steps 3 to 4 can be repeated"),
            std::string::npos);
  const Json data = DataOf(page);
  EXPECT_EQ(data["cycle"], Json::parse("[3, 4]"));
  EXPECT_EQ(data["knowledge"], false);  // under sc nothing is stale
  EXPECT_EQ(data["cursor"], 4);
}

TEST(PageTest, HostileNames) {
  const std::string hostile = "</script></style><img src=x onerror=alert(1)>\"'&\xff";
  ExecutionBuilder b(1);
  const LocationId x = b.Location(hostile);
  const EventId write = b.Write(0, x, 1, Order::kRelaxed);
  b.Note(0, NoteKind{hostile});
  Report report = Of(b.Finish({hostile, hostile, {{write, hostile}}, false}));
  report.claims[0].description = hostile;
  auto run = kRun;
  run.model = hostile;
  run.fairness = hostile;
  run.configuration = {{hostile, 1}};
  PageOptions options;
  options.replay_command = hostile;
  SourceFiles none;
  const std::string page = FindingPage(run, report, report.claims[0], none, options);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(Count(page, "</script>"), 2u);
  EXPECT_EQ(Count(page, "</style>"), 1u);
  EXPECT_EQ(page.find('\xff'), std::string::npos);
  EXPECT_EQ(DataOf(page)["locations"][0]["name"], "</script></style><img src=x onerror=alert(1)>\"'&�");
}

TEST(PageTest, NothingIsLoaded) {
  const std::string page = PageOf(Race());
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const char* load : {"src=", "@import", "url(http", "<link", "<iframe"}) {
    EXPECT_EQ(page.find(load), std::string::npos) << load;
  }
}

TEST(PageTest, SourceLines) {
  const std::string root = std::string(std::getenv("TEST_TMPDIR")) + "/sources";
  std::filesystem::create_directories(root + "/locks");
  std::string content;
  for (int line = 1; line <= 40; ++line) content += "  line<" + std::to_string(line) + ">;\n";
  WriteFile(root + "/locks/sample.h", content);
  SourceFiles sources({root + "/none", root});
  const Report report = Race();
  const std::string page = FindingPage(kRun, report, report.claims[0], sources, {});
  EXPECT_NE(page.find("<a class=\"place\" href=\"#f0-10\">locks/<wbr>sample.h:10</a><code>line&lt;10&gt;;</code>"),
            std::string::npos);
  EXPECT_NE(page.find("<span id=\"f0-6\" class=\"line\"><span class=\"number\">6</span>  line&lt;6&gt;;</span>"),
            std::string::npos);
  EXPECT_NE(page.find("<span id=\"f0-10\" class=\"line spoken\">"), std::string::npos);
  EXPECT_EQ(page.find("id=\"f0-5\""), std::string::npos);
  EXPECT_EQ(page.find("line<"), std::string::npos);
}

TEST(PageTest, LongOnesAreCutAndSaySo) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x");
  for (int i = 0; i < 400; ++i) b.Write(i % 2, x, static_cast<Value>(i), Order::kSeqCst);
  const Report report = Of(b.Finish({"claim", "many steps", {}, false}));
  const std::string whole = PageOf(report);
  EXPECT_EQ(Count(whole, "data-step="), 400u);
  EXPECT_EQ(whole.find("are cut from this page"), std::string::npos);
  PageOptions options;
  options.most_bytes = whole.size() - 1;
  const std::string cut = PageOf(report, options);
  EXPECT_LE(cut.size(), options.most_bytes);
  EXPECT_NE(cut.find("rows are cut from this page; the JSON has them"), std::string::npos);
  EXPECT_NE(cut.find("id=\"step-1\""), std::string::npos);
  EXPECT_NE(cut.find("id=\"step-400\""), std::string::npos);
  EXPECT_EQ(DataOf(cut)["steps"].size(), 400u);  // what the variables hold stays known
}

}  // namespace
}  // namespace doorway
