#include "harness/linearize/read_history.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "harness/linearize/call.h"
#include "harness/linearize/history.h"

namespace doorway::linearize {
namespace {

constexpr FunctionInfo kRegister[] = {
    {"read", 0, Returns::kValue, ""}, {"write", 1, Returns::kNothing, ""}, {"cas", 2, Returns::kTruth, ""}};
constexpr FunctionInfo kStore[] = {{"get", 1, Returns::kValue, "", "read"},
                                   {"put", 2, Returns::kNothing, "", "write"},
                                   {"cas", 3, Returns::kTruth, ""},
                                   {"add", 2, Returns::kNothing, "", {}, true}};
constexpr Vocabulary kRegisterWords{"cas_register", kRegister};
constexpr Vocabulary kStoreWords{"kv", kStore, false, true};

History Read(const std::string& text, const Vocabulary& vocabulary = kRegisterWords, Format format = Format::kAuto) {
  std::istringstream in(text);
  return ReadHistory(in, format, vocabulary);
}

// "write(1) 0-3", a line an operation; "-" alone if it is pending.
std::string Shown(const History& history, const Vocabulary& vocabulary = kRegisterWords) {
  std::string shown;
  for (std::size_t i = 0; i < history.calls.size(); ++i) {
    const Interval& interval = history.intervals[i];
    shown += history.processes[history.origins[i].process] + ": " + Show(history.calls[i], vocabulary.functions) + ' ' +
             std::to_string(interval.invoke) + '-' + (interval.pending() ? "" : std::to_string(interval.response)) +
             '\n';
  }
  return shown;
}

std::string ErrorOf(const std::string& text, const Vocabulary& vocabulary = kRegisterWords) {
  try {
    Read(text, vocabulary);
  } catch (const HistoryError& error) {
    return error.what();
  }
  return "no error";
}

TEST(JsonLinesTest, Events) {
  const History history = Read(R"({"process": 0, "type": "invoke", "f": "write", "args": [1], "time": 5}
{"process": "b", "type": "invoke", "f": "read", "time": 5}

{"process": "b", "type": "ok", "f": "read", "result": "x y", "time": 6}
{"type": "ok", "process": 0}
{"process": 0, "type": "invoke", "f": "cas", "args": [1, [1, null, true]]}
{"process": 1, "type": "invoke", "f": "cas", "args": [null, 3]}
{"process": 1, "type": "fail"}
{"process": 1, "type": "invoke", "f": "cas", "args": [null, 4]}
{"process": 1, "type": "fail", "error": "connection refused"}
{"process": 1, "type": "invoke", "f": "write", "args": [-9223372036854775808]}
{"process": 1, "type": "info"}
{"process": 1, "type": "invoke", "f": "cas", "args": [7, 8]}
{"process": 1, "type": "ok", "result": false}
{"process": 1, "type": "invoke", "f": "cas", "args": [8, 9]}
{"process": 1, "type": "ok"}
)");
  EXPECT_EQ(Shown(history),
            "0: write(1) 0-3\n"
            "b: read() = \"x y\" 1-2\n"
            "0: cas(1, [1 nil true]) 4-\n"
            "1: cas(nil, 3) = false 5-6\n"
            "1: write(-9223372036854775808) 9-\n"
            "1: cas(7, 8) = false 11-12\n"
            "1: cas(8, 9) = true 13-14\n");
  EXPECT_EQ(history.events, 15u);
  EXPECT_EQ(history.origins[1].invoke_line, 2u);
  EXPECT_EQ(history.origins[1].response_line, 4u);
  EXPECT_EQ(history.origins[2].response_line, 0u);
}

TEST(JsonLinesTest, WhatIsWrong) {
  const std::string read = "{\"process\": 3, \"type\": \"invoke\", \"f\": \"read\"}\n";
  EXPECT_EQ(ErrorOf(""), "line 1: the history is empty");
  EXPECT_EQ(ErrorOf(read + "{\"process\": 3, \"type\": "),
            "line 2: no JSON: column 24: syntax error while parsing value - unexpected end of input; expected '[', "
            "'{', or a literal");
  EXPECT_EQ(ErrorOf(read + "[]"), "line 2: an event is an object, {\"process\": ..., \"type\": ...}");
  EXPECT_EQ(ErrorOf("{\"type\": \"ok\"}"), "line 1: an event needs a process");
  EXPECT_EQ(ErrorOf("{\"process\": 1.5}"), "line 1: process is a whole number or a text");
  EXPECT_EQ(ErrorOf("{\"process\": 1}"), "line 1: an event needs a type: invoke, ok, fail or info");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"done\"}"),
            "line 1: there is no type \"done\"; it is invoke, ok, fail or info");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\"}"), "line 1: an invoke needs f, the operation");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"typ\": \"invoke\"}"),
            "line 1: there is no field typ; an event has process, type, f, args, result, error and time");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"write\", \"args\": [1.5]}"),
            "line 1: a value is null, true, false, a whole number, a text or a list");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"write\", \"args\": [18446744073709551615]}"),
            "line 1: 18446744073709551615 is too large; numbers have 64 bits");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"write\", \"args\": [[[1]]]}"),
            "line 1: a list in a list");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"push\", \"args\": [1]}"),
            "line 1: there is no operation push; cas_register has read, write, cas");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"cas\", \"args\": [1]}"),
            "line 1: cas takes 2 arguments, not 1");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"write\"}"),
            "line 1: write takes 1 argument, not 0");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"add\", \"args\": [1, \"x\"]}", kStoreWords),
            "line 1: add takes whole numbers, not \"x\"");
  EXPECT_EQ(ErrorOf("{\"process\": 9, \"type\": \"ok\"}"),
            "line 1: a response, and process 9 has invoked nothing that it could end; is a line missing?");
  EXPECT_EQ(ErrorOf(read + read),
            "line 2: process 3 invokes an operation, and that of line 1 has not ended; operations that overlap are of "
            "different processes");
  EXPECT_EQ(ErrorOf(read + "{\"process\": 3, \"type\": \"ok\", \"f\": \"write\"}"),
            "line 2: a response to write, and process 3 has invoked read, in line 1");
  EXPECT_EQ(ErrorOf(read + "{\"process\": 3, \"type\": \"ok\"}"), "line 2: read returns a value: say which");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"cas\", \"args\": [1, 2]}\n"
                    "{\"process\": 1, \"type\": \"ok\", \"result\": 1}"),
            "line 2: cas returns true or false, not 1");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"read\", \"time\": 9}\n"
                    "{\"process\": 1, \"type\": \"ok\", \"result\": 1, \"time\": 8}"),
            "line 2: time runs backwards, from 9 to 8; events stand in the order in which they happened: sort them by "
            "time");
  EXPECT_EQ(ErrorOf("{\"process\": 1, \"type\": \"invoke\", \"f\": \"read\", \"time\": \"9\"}"),
            "line 1: time is a whole number");
}

TEST(JsonLinesTest, NoUtf8AndDeepNestingAreErrors) {
  EXPECT_NE(ErrorOf("{\"process\": \"\xff\", \"type\": \"ok\"}").find("line 1: no JSON"), std::string::npos);
  EXPECT_NE(ErrorOf("{\"process\": " + std::string(200000, '[')).find("line 1: no JSON"), std::string::npos);
}

TEST(JepsenEdnTest, Maps) {
  const std::string events =
      "{:process 0, :type :invoke, :f :write, :value 3, :time 10, :index 0}\n"
      "{:process 1, :type :invoke, :f :cas, :value [3 4]}\n"
      "{:process :nemesis, :type :info, :f :start, :value nil}\n"
      "{:process 1, :type :fail, :f :cas, :value [3 4]}\n"
      "#jepsen.history.Op{:process 1, :type :invoke, :f :cas, :value [5 6]}\n"
      "{:process 1, :type :fail, :f :cas, :value [5 6], :error :timeout}\n"
      "{:process 0, :type :info, :f :write, :value 3, :error :timeout}\n"
      "{:process 2, :type :invoke, :f :read, :value nil}\n"
      "{:process 2, :type :ok, :f :read, :value 3}\n";
  const std::string expected =
      "0: write(3) 0-\n"
      "1: cas(3, 4) = false 1-2\n"
      "2: read() = 3 6-7\n";
  EXPECT_EQ(Shown(Read(events)), expected);
  EXPECT_EQ(Shown(Read('[' + events + ']')), expected);
  EXPECT_EQ(Read(events).other_lines, 1u);
}

TEST(JepsenEdnTest, Keys) {
  EXPECT_EQ(Shown(Read("{:process 0, :type :invoke, :f :put, :key \"a\", :value \"x\"}\n"
                       "{:process 0, :type :ok, :f :put, :key \"a\", :value \"x\"}\n"
                       "{:process 0, :type :invoke, :f :get, :key \"a\", :value nil}\n"
                       "{:process 0, :type :ok, :f :get, :key \"a\", :value \"x\"}\n",
                       kStoreWords),
                  kStoreWords),
            "0: put(\"a\", \"x\") 0-1\n0: get(\"a\") = \"x\" 2-3\n");
  EXPECT_EQ(Shown(Read("{:process 0, :type :invoke, :f :cas, :value [7 [1 2]]}\n"
                       "{:process 0, :type :ok, :f :cas, :value [7 [1 2]]}\n"
                       "{:process 0, :type :invoke, :f :read, :value [7 nil]}\n"
                       "{:process 0, :type :ok, :f :read, :value [7 2]}\n",
                       kStoreWords),
                  kStoreWords),
            "0: cas(7, 1, 2) = true 0-1\n0: get(7) = 2 2-3\n");
}

TEST(JepsenEdnTest, WhatIsWrong) {
  const std::string read = "{:process 0, :type :invoke, :f :read, :value nil}\n";
  EXPECT_EQ(ErrorOf("[" + read), "line 2: the text ends within a form");
  EXPECT_EQ(ErrorOf("[" + read + "] 7"), "line 2: something after the vector of events");
  EXPECT_EQ(ErrorOf("[7]"), "line 1: an event is a map, {:process 0, :type :invoke, ...}");
  EXPECT_EQ(ErrorOf("[{:type :ok}]"), "line 1: an event needs a :process");
  EXPECT_EQ(ErrorOf("{:process 0, :type :done}"),
            "line 1: an event needs a :type, which is :invoke, :ok, :fail or :info");
  EXPECT_EQ(ErrorOf("{:process 0, :type :ok}"), "line 1: an event needs an :f, the operation's keyword");
  EXPECT_EQ(ErrorOf("{:process 0, :type :invoke, :f :write, :value 1.5}"),
            "line 1: a value is nil, true, false, a whole number, a text, a keyword or a vector, not 1.5");
  EXPECT_EQ(ErrorOf("{:process 0, :type :invoke, :f :cas, :value 1}"), "line 1: the value of cas is a vector of 2");
  EXPECT_EQ(ErrorOf("{:process 0, :type :invoke, :f :cas, :value [1 2 3]}"), "line 1: cas takes 2 arguments, not 3");
  EXPECT_EQ(ErrorOf(read + read).substr(0, 45), "line 2: process 0 invokes an operation, and t");
  EXPECT_EQ(ErrorOf("{:process 0, :type :invoke, :f :read, :value nil}", kStoreWords),
            "line 1: kv needs a key: write :key, or :value [key value]");
  EXPECT_EQ(ErrorOf("{:process 0, :type :invoke, :f :push, :value 1}"),
            "line 1: there is no operation push; cas_register has read, write, cas");
}

TEST(JepsenLogTest, Lines) {
  const History history = Read(
      "INFO  jepsen.core - starting\n"
      "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
      "INFO [2026-01-02 10:00:00,123] jepsen worker 4 - jepsen.util 4\t:invoke\t:cas\t[0 3]\r\n"
      "INFO  jepsen.util - :nemesis\t:info\t:start\tnil\n"
      "INFO  jepsen.util - 0\t:ok\t:read\tnil\n"
      "INFO  jepsen.util - 4\t:fail\t:cas\t[0 3]\n"
      "INFO  jepsen.util - 4\t:invoke\t:cas\t[0 3]\n"
      "INFO  jepsen.util - 4\t:fail\t:cas\t:timed-out\n"
      "INFO  jepsen.util - 4\t:invoke\t:write\t3\n"
      "INFO  jepsen.util - 4\t:info\t:write\t:timed-out\n");
  EXPECT_EQ(Shown(history), "0: read() = nil 0-2\n4: cas(0, 3) = false 1-3\n4: write(3) 6-\n");
  EXPECT_EQ(history.other_lines, 2u);
  EXPECT_EQ(history.origins[0].invoke_line, 2u);
}

TEST(JepsenLogTest, WhatIsWrong) {
  EXPECT_EQ(ErrorOf("nothing\nof interest\n").substr(0, 38), "line 1: no line tells of an operation:");
  EXPECT_EQ(ErrorOf("x - 0\t:invoke\tread\tnil\n"), "line 1: the third column is the operation's keyword, as :read");
  EXPECT_EQ(ErrorOf("x - 0\t:invoke\t:cas\t[1 2\n"), "line 1: in the value: the text ends within a form");
  EXPECT_EQ(ErrorOf("\nx - 0\t:ok\t:read\t1\n").substr(0, 31), "line 2: a response, and process");
}

}  // namespace
}  // namespace doorway::linearize
