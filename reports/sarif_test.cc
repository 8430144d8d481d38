#include "reports/sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

using Json = nlohmann::json;

const Run kRun{"family/design", {{"reds", 2}}, -1, 2};

Report Of(Evidence evidence) {
  Report report;
  report.memory = MemoryModel::kRc11;
  ClaimResult& claim = report.claims.emplace_back();
  claim.name = evidence.finding.claim;
  claim.description = "what is claimed";
  claim.verdict = Verdict::kViolated;
  claim.evidence = std::move(evidence);
  return report;
}

Report Race() {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data");
  const EventId write = b.Write(0, data, 1);
  const EventId read = b.Read(1, data, data);
  return Of(b.Finish({"no_data_race", "a race", {{write, ""}, {read, ""}}, true}));
}

TEST(SarifTest, Golden) {
  SarifLog log;
  log.Add(kRun, Race());
  EXPECT_EQ(log.Text(), R"json({
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "Doorway",
          "rules": [
            {
              "id": "no_data_race",
              "shortDescription": {
                "text": "what is claimed"
              }
            }
          ]
        }
      },
      "originalUriBaseIds": {
        "SRCROOT": {
          "description": {
            "text": "the workspace in which the models were built"
          }
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "no_data_race",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "family/design: a race (locks/sample.h:10, locks/sample.h:11). Nothing orders A before B, nor B before A."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "locks/sample.h",
                  "uriBaseId": "SRCROOT"
                },
                "region": {
                  "startLine": 10
                }
              },
              "message": {
                "text": "data.write(1)"
              }
            }
          ],
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "locks/sample.h",
                  "uriBaseId": "SRCROOT"
                },
                "region": {
                  "startLine": 11
                }
              },
              "message": {
                "text": "data.read() = 0 ← init"
              }
            }
          ],
          "codeFlows": [
            {
              "threadFlows": [
                {
                  "id": "T0",
                  "locations": [
                    {
                      "location": {
                        "physicalLocation": {
                          "artifactLocation": {
                            "uri": "locks/sample.h",
                            "uriBaseId": "SRCROOT"
                          },
                          "region": {
                            "startLine": 10
                          }
                        },
                        "message": {
                          "text": "data.write(1)"
                        }
                      },
                      "executionOrder": 2,
                      "importance": "essential"
                    }
                  ]
                },
                {
                  "id": "T1",
                  "locations": [
                    {
                      "location": {
                        "physicalLocation": {
                          "artifactLocation": {
                            "uri": "locks/sample.h",
                            "uriBaseId": "SRCROOT"
                          },
                          "region": {
                            "startLine": 11
                          }
                        },
                        "message": {
                          "text": "data.read() = 0 ← init"
                        }
                      },
                      "executionOrder": 1,
                      "importance": "essential"
                    }
                  ]
                }
              ]
            }
          ],
          "partialFingerprints": {
            "finding/v1": "family/design no_data_race graph rc11 reds=2"
          },
          "properties": {
            "model": "family/design",
            "configuration": "reds=2",
            "memory_model": "rc11",
            "engine": "graph"
          }
        }
      ]
    }
  ]
}
)json");
}

TEST(SarifTest, NothingFound) {
  Report verified = Race();
  verified.claims[0].verdict = Verdict::kVerified;  // a witness, say
  SarifLog log;
  log.Add(kRun, verified);
  const Json json = Json::parse(log.Text());
  EXPECT_EQ(json["version"], "2.1.0");
  EXPECT_EQ(json["runs"][0]["results"], Json::array());
}

TEST(SarifTest, OneRuleAClaim) {
  SarifLog log;
  log.Add(kRun, Race());
  log.Add({"other/design", {}, -1, 2}, Race());
  const Json json = Json::parse(log.Text());
  EXPECT_EQ(json["runs"][0]["tool"]["driver"]["rules"].size(), 1u);
  EXPECT_EQ(json["runs"][0]["results"].size(), 2u);
  EXPECT_NE(json["runs"][0]["results"][0]["partialFingerprints"], json["runs"][0]["results"][1]["partialFingerprints"]);
}

TEST(SarifTest, WhoWaitsIsShownWhereItWaits) {
  ExecutionBuilder b(2);
  const LocationId word = b.Location("word");
  b.Write(0, word, 1, Order::kRelease);
  b.End(1, ThreadEnd::kStuck, word);
  SarifLog log;
  log.Add(kRun, Of(b.Finish({"no_stuck_thread", "thread 1 waits for ever", {}, false})));
  const Json result = Json::parse(log.Text())["runs"][0]["results"][0];
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"]["startLine"], 11);
  EXPECT_FALSE(result.contains("relatedLocations"));
  EXPECT_EQ(result["codeFlows"][0]["threadFlows"].size(), 2u);
}

TEST(SarifTest, LongExecutionsAreCutAndSaySo) {
  ExecutionBuilder b(1);
  const LocationId x = b.Location("x");
  for (int i = 0; i < 2500; ++i) b.Write(0, x, 1, Order::kRelaxed);
  SarifLog log;
  log.Add(kRun, Of(b.Finish({"claim", "long", {}, false})));
  const Json flow = Json::parse(log.Text())["runs"][0]["results"][0]["codeFlows"][0];
  EXPECT_EQ(flow["threadFlows"][0]["locations"].size(), 2000u);
  EXPECT_EQ(flow["message"]["text"], "the first 500 rows are left out");
}

TEST(SarifTest, WithoutAnExecutionThereIsAMessage) {  // as of upstream Relacy
  Evidence evidence;
  evidence.finding = {"idle", "upstream Relacy says: DATA RACE", {}, false};
  SarifLog log;
  log.Add(kRun, Of(std::move(evidence)));
  const Json result = Json::parse(log.Text())["runs"][0]["results"][0];
  EXPECT_EQ(result["message"]["text"], "family/design: upstream Relacy says: DATA RACE.");
  EXPECT_FALSE(result.contains("locations"));
  EXPECT_FALSE(result.contains("codeFlows"));
}

}  // namespace
}  // namespace doorway
