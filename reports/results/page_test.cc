#include "reports/results/page.h"

#include <gtest/gtest.h>

#include "reports/files.h"
#include "reports/results/read.h"

namespace doorway::results {
namespace {

Found Shown(const std::string& claim, const std::string& sentence, bool witness, const std::string& link) {
  Found finding;
  finding.claim = claim;
  finding.sentence = sentence;
  finding.witness = witness;
  finding.link = link;
  return finding;
}

RunResult Of(const std::string& model, const std::string& engine, const std::string& verdict) {
  RunResult run;
  run.place = {"a.json"};
  run.model = model;
  run.configuration = {{"reds", 2}, {"rounds", 0}};
  run.memory = engine == "state" ? "sc" : "rc11";
  run.engine = engine;
  run.fairness = engine == "state" ? "weak" : "";
  run.verdict = verdict;
  run.executions = engine == "state" ? 0 : 1234;
  run.blocked = engine == "state" ? 0 : 5;
  run.states = engine == "state" ? 337 : 0;
  run.depth = engine == "state" ? 21 : 0;
  run.seconds = 0.25;
  run.exhausted = verdict != "unknown";
  run.claims = {{"exclusion", "universal", verdict, false, {}}};
  return run;
}

// Everything that a page can have.
Results Everything() {
  Results results;
  RunResult fair = Of("group/strict_fair", "state", "verified");
  fair.expected = "verified";
  fair.as_expected = true;
  fair.claims.push_back({"bypass_bound", "universal", "verified", false, {{"max_bypass", 1}}});
  fair.claims.push_back({"starvation_free", "liveness", "verified", false, {}});
  fair.claims.push_back({"parallel", "exists", "verified", false, {}});
  fair.claims.push_back({"idle", "universal", "verified", true, {}});
  fair.findings = {Shown("parallel", "both are inside", true, "out/parallel.html")};
  RunResult broken = Of("group/strict_fair/no_wake", "graph", "violated");
  broken.expected = "verified";
  broken.findings = {Shown("exclusion", "thread 0 and thread 1 are inside together", false, "x/outputs.zip")};
  broken.findings[0].html_place = Place{"x/outputs.zip", "exclusion.html"};
  results.runs = {fair, broken};
  for (int reds = 1; reds <= 3; ++reds) {
    RunResult run = Of("lock/clh", "graph", reds < 3 ? "verified" : "unknown");
    run.configuration = {{"reds", reds}};
    run.executions = static_cast<std::uint64_t>(reds * reds * 100);
    if (reds == 3) run.bounds_hit = {"timeout: 1 s"};
    results.runs.push_back(run);
  }
  results.not_run = {{{"sweep.json"}, "lock/clh", "reds=4", "the budget of 3 s was spent"}};
  results.loose = {{{"old.json"}, "lock/mcs", "sc", Shown("exclusion", "both are inside", false, "old.html")}};
  results.others = {
      {{"h.json"}, "linearizability", "h.jsonl", "violated", "as queue, 4 operations of 2 processes", 0.5},
      {{"o.json"}, "orders", "lock/clh", "", "cost used 6, needed 5", 0}};
  results.skipped = {{{"c.json"}, "is cut off or is no JSON", true}, {{"p.json"}, "is no result of Doorway's", false}};
  results.copies = 1;
  return results;
}

// A page without its style, which is a file of its own.
std::string WithoutStyle(std::string page) {
  const std::size_t begin = page.find("<style>") + 7;
  return page.erase(begin, page.find("</style>") - begin);
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ResultsPageTest, Golden) {
  EXPECT_EQ(WithoutStyle(ResultsPage(Everything(), {"a folder"})), ReadFile("reports/results/testing/results.html"));
  EXPECT_EQ(ResultsPage(Everything(), {"a folder"}), ResultsPage(Everything(), {"a folder"}));
}

TEST(ResultsPageTest, NothingIsLoadedOrRun) {
  const std::string page = ResultsPage(Everything(), {"a folder"});
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const char* load : {"<script", "src=", "@import", "url(", "<link", "<iframe", "http:", "https:"}) {
    EXPECT_EQ(page.find(load), std::string::npos) << load;
  }
}

TEST(ResultsPageTest, ThePageIsKnownByItsBeginning) {
  EXPECT_LT(ResultsPage(Everything(), {std::string(10'000, 'x')}).find(kPageMark), 500u);
}

TEST(ResultsPageTest, HostileNames) {
  const std::string hostile = "</style></title><img src=x onerror=alert(1)>\"'&\xff/\xe2\x80\xae";
  Results results = Everything();
  for (RunResult& run : results.runs) {
    run.model = run.memory = run.fairness = run.expected = run.shard = hostile;
    run.configuration.insert(run.configuration.begin(), {hostile, 1});
    run.bounds_hit = run.only = {hostile};
    run.claims.push_back({hostile, "liveness", "violated", false, {{hostile, 1}, {"max_bypass", 1}}});
    for (Found& finding : run.findings) finding.claim = finding.sentence = hostile;
    if (!run.findings.empty()) run.findings[0].html_place = Place{hostile, hostile};
  }
  results.not_run = {{{hostile, hostile}, hostile, hostile, hostile}};
  results.loose = {{{hostile}, hostile, hostile, Shown(hostile, hostile, false, "")}};
  results.others = {{{hostile}, "orders", hostile, "", hostile, 0}};
  results.skipped = {{{hostile}, hostile, true}};
  const std::string page = ResultsPage(results, {hostile});
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(Count(page, "</style>"), 1u);
  EXPECT_EQ(Count(page, "</title>"), 1u + Count(page, "<circle"));
  EXPECT_EQ(page.find('\xff'), std::string::npos);
  EXPECT_EQ(page.find("\xe2\x80\xae"), std::string::npos) << "text that turns the direction of writing";
}

TEST(ResultsPageTest, LongOnesAreCutAndSaySo) {
  Results results;
  for (int i = 0; i < 2000; ++i) {
    RunResult run = Of("family/" + std::to_string(i), "graph", "verified");
    run.expected = "verified";
    run.as_expected = i != 1000;
    results.runs.push_back(run);
  }
  ResultsPageOptions options{"a folder"};
  EXPECT_EQ(ResultsPage(results, options).find("cut from this page"), std::string::npos);
  options.most_bytes = 100'000;
  const std::string page = ResultsPage(results, options);
  EXPECT_LE(page.size(), options.most_bytes);
  EXPECT_NE(page.find(" more runs, those that matter least, are cut from this page"), std::string::npos);
  EXPECT_NE(page.find("<code>1000</code>"), std::string::npos) << "what is not as expected stays";
  options.most_bytes = 1;  // there is a page, whatever happens
  EXPECT_NE(ResultsPage(results, options).find("1,991 more runs"), std::string::npos);
}

TEST(ResultsPageTest, NothingToShow) {
  const std::string page = ResultsPage({}, {"a folder"});
  EXPECT_EQ(page.find("<table"), std::string::npos);
  EXPECT_EQ(page.find("To look at"), std::string::npos);
}

}  // namespace
}  // namespace doorway::results
