#include "models/registry/model.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

Model Named(const char* name) {
  Model model;
  model.name = name;
  model.subject = [](const Configuration&) { return std::unique_ptr<Subject>(); };
  model.claims = [](const Configuration&) { return std::vector<std::unique_ptr<Property>>(); };
  return model;
}

const Registration second{Named("family/b")};
const Registration third{Named("family/c")};
const Registration first{Named("family/a")};
const RelacyRegistration relacy{"family/b", [](const Configuration&) { return SecondOpinion{}; }};

TEST(RegistryTest, SortedByName) {
  ASSERT_EQ(Models().size(), 3u);
  EXPECT_EQ(Models()[0].name, "family/a");
  EXPECT_EQ(Models()[1].name, "family/b");
  EXPECT_EQ(Models()[2].name, "family/c");
}

TEST(RegistryTest, FindsByWholeName) {
  ASSERT_NE(FindModel("family/b"), nullptr);
  EXPECT_EQ(FindModel("family/b")->name, "family/b");
  EXPECT_EQ(FindModel("family/b")->family(), "family");
  EXPECT_EQ(FindModel("family"), nullptr);
  EXPECT_EQ(FindModel("family/d"), nullptr);
  EXPECT_NE(FindRelacyRun("family/b"), nullptr);
  EXPECT_EQ(FindRelacyRun("family/a"), nullptr);
}

TEST(RegistryDeathTest, RefusesBadRegistrations) {
  EXPECT_DEATH(Registration{Named("family/a")}, "model family/a is registered twice");
  EXPECT_DEATH(Registration{Named("alone")}, "is not named family/design");
  EXPECT_DEATH(Registration{Model{.name = "family/empty"}}, "has no subject or no claims");
  Model model = Named("family/d");
  model.parameters = {{"threads", 5, 1, 4, ""}};
  EXPECT_DEATH(Registration{model}, "default is out of its range");
  model = Named("family/d");
  model.parameters = {{"threads", 2, 1, 4, ""}};
  const auto expecting = [&model](Expectation expectation) {
    model.expectations = {std::move(expectation)};
    return model;
  };
  Expectation state{.engine = Engine::kState, .parameters = {{"rounds", 0}}};
  EXPECT_DEATH(Registration{expecting(state)}, "a configuration that it cannot have");
  state.parameters = {{"threads", 5}};
  EXPECT_DEATH(Registration{expecting(state)}, "a configuration that it cannot have");
  state.parameters = {};
  state.memory = MemoryModel::kRc11;
  EXPECT_DEATH(Registration{expecting(state)}, "an engine that does not know the memory model");
}

TEST(ModelTest, AnExpectationMayHaveAConfigurationOfItsOwn) {
  Model model = Named("family/e");
  model.parameters = {{"threads", 2, 1, 4, ""}, {"rounds", 1, 0, 3, ""}};
  const Configuration configuration = model.ConfigurationOf({.parameters = {{"rounds", 0}}});
  EXPECT_EQ(configuration.at("threads"), 2);
  EXPECT_EQ(configuration.at("rounds"), 0);
  EXPECT_EQ(model.ConfigurationOf({}).values(), model.defaults().values());
}

}  // namespace
}  // namespace doorway
