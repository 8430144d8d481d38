#include <CLI/CLI.hpp>
#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <boost/context/fiber.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <cstdio>
#include <string>
int main(int argc, char** argv) {
  CLI::App app{"x"};
  int n = 3;
  app.add_option("-n", n, "count");
  CLI11_PARSE(app, argc, argv);
  absl::flat_hash_map<std::string, int> m;
  absl::flat_hash_map<unsigned long, int> m2;
  absl::flat_hash_set<std::pair<int,int>> s;
  for (int i = 0; i < 1000; ++i) { m[fmt::format("k{}", i)] = i; m2[i] = i; s.insert({i, i}); }
  int got = 0;
  boost::context::fiber f{[&](boost::context::fiber&& c) { got = 1; c = std::move(c).resume(); got = 2; return std::move(c); }};
  f = std::move(f).resume();
  f = std::move(f).resume();
  nlohmann::json j = {{"a", got}, {"n", n}};
  fmt::print("{} {} {} {}\n", j.dump(), m.size(), m2.size(), s.size());
}
