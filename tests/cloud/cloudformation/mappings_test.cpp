// Every mapped resource type against the models of its service.
#include <algorithm>
#include <set>

#include "aws/model.h"
#include "cloud/services/cloudformation/mapping/input.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::cloudformation {
namespace {

using ::testing::IsEmpty;

std::vector<const ResourceType*> MappedTypes() {
  std::vector<const ResourceType*> types;
  for (const ResourceType* type : AllResourceTypes()) {
    if (type->mapping) types.push_back(type);
  }
  return types;
}

std::vector<std::string> OperationsOf(const Mapping& mapping) {
  std::vector<std::string> names{std::string(mapping.create), std::string(mapping.describe),
                                 std::string(mapping.update), std::string(mapping.remove),
                                 std::string(mapping.tag),    std::string(mapping.untag)};
  for (const Change& change : mapping.changes) {
    names.emplace_back(change.operation);
    names.emplace_back(change.removal);
  }
  for (const Members& members : mapping.members) {
    names.emplace_back(members.add);
    names.emplace_back(members.change);
    names.emplace_back(members.remove);
  }
  for (const Reading& reading : mapping.readings) names.emplace_back(reading.operation);
  std::erase(names, "");
  return names;
}

class EachMapping : public ::testing::TestWithParam<const ResourceType*> {
 protected:
  const Mapping& mapping() const { return *GetParam()->mapping; }
  // Read once for all: a model costs milliseconds.
  const aws::Model* model() const {
    static const aws::Models models;
    return models.Find(mapping().service);
  }

  // Its model has no shapes yet, or it takes patches of anything.
  bool IsOpaque(std::string_view operation) const {
    const aws::OperationRow* row = model()->FindOperation(operation);
    return row && (!row->implemented || (row->input && row->input->FindMember("patchOperations")));
  }

  bool IsChanged(std::string_view property) const {
    return std::any_of(mapping().changes.begin(), mapping().changes.end(),
                       [&](const Change& change) {
                         const auto words = WordsOf(change.properties);
                         return IsOpaque(change.operation) &&
                                std::find(words.begin(), words.end(), property) != words.end();
                       });
  }

  // Whether some operation takes the property, or something else is said to.
  bool IsTaken(std::string_view property) const {
    if (IsChanged(property)) return true;
    if (property == mapping().tags_property || mapping().prepare) return true;
    const auto after = WordsOf(mapping().after_properties);
    if (std::find(after.begin(), after.end(), property) != after.end()) return true;
    for (const Members& members : mapping().members) {
      if (members.property == property) return true;
    }
    const auto operations = OperationsOf(mapping());
    return std::any_of(operations.begin(), operations.end(), [&](const std::string& name) {
      const aws::OperationRow* row = model()->FindOperation(name);
      return row && row->input && FindMember(*row->input, property, VocabularyOf(mapping()));
    });
  }
};

TEST_P(EachMapping, NamesOnlyOperationsOfItsService) {
  ASSERT_NE(model(), nullptr);
  std::vector<std::string> unknown;
  for (const std::string& name : OperationsOf(mapping())) {
    if (!model()->FindOperation(name)) unknown.push_back(name);
  }
  EXPECT_THAT(unknown, IsEmpty());
}

TEST_P(EachMapping, HasAPlaceForEveryProperty) {
  ASSERT_NE(model(), nullptr);
  const aws::OperationRow* create = model()->FindOperation(mapping().create);
  if (create && !create->implemented) GTEST_SKIP() << "its operations have no shapes yet";
  std::vector<std::string> lost;
  for (const Property& property : GetParam()->properties) {
    if (!IsTaken(property.name)) lost.emplace_back(property.name);
  }
  EXPECT_THAT(lost, IsEmpty());
}

TEST_P(EachMapping, ListsEachPropertyOnce) {
  std::set<std::string_view> names;
  for (const Property& property : GetParam()->properties)
    EXPECT_TRUE(names.insert(property.name).second) << property.name;
}

TEST_P(EachMapping, ChangesOnlyPropertiesItHasOrMakes) {
  for (const Members& members : mapping().members) {
    const auto& rows = GetParam()->properties;
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Property& row) {
      return row.name == members.property;
    })) << members.property;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EachMapping, ::testing::ValuesIn(MappedTypes()), [](const auto& row) {
  std::string name(row.param->name);
  std::erase(name, ':');
  return name;
});

}  // namespace
}  // namespace trunkline::cloud::cloudformation
