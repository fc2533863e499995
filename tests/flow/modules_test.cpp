#include "flow/modules.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;

// A module or flow that invokes others in a row.
Document Invoking(const std::string& name, const std::vector<std::string>& targets,
                  bool is_module = true) {
  std::string actions;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    actions += fmt::format(
        R"({{"Identifier":"{}","Type":"InvokeFlowModule","Parameters":{{"FlowModuleId":"${{module:{}}}"}}}},)",
        i, targets[i]);
  }
  actions += R"({"Identifier":"end","Type":"EndFlowModuleExecution"})";
  Parsed parsed = Parse(
      fmt::format(R"({{"Name":"{}","Type":"{}","Content":{{"StartAction":"end","Actions":[{}]}}}})",
                  name, is_module ? "MODULE" : "CONTACT_FLOW", actions),
      name + ".json");
  return std::move(*parsed.document);
}

TEST(CheckModuleCycles, AcceptsModulesThatShareOthers) {
  const Document documents[] = {Invoking("a", {"b", "c"}), Invoking("b", {"c"}), Invoking("c", {}),
                                Invoking("main", {"a", "b"}, false)};

  EXPECT_EQ("", ToText(CheckModuleCycles(documents)));
}

TEST(CheckModuleCycles, ShowsTheChainOfACycle) {
  const Document documents[] = {Invoking("main", {"a"}, false), Invoking("a", {"b"}),
                                Invoking("b", {"c"}), Invoking("c", {"a"})};

  EXPECT_THAT(ToText(CheckModuleCycles(documents)),
              HasSubstr("c.json:1:144: error: modules invoke each other in a cycle: 'a' -> 'b' -> "
                        "'c' -> 'a' [TL-F401]"));
}

TEST(CheckModuleCycles, SeesAModuleThatInvokesItself) {
  const Document documents[] = {Invoking("a", {"a"})};

  EXPECT_THAT(ToText(CheckModuleCycles(documents)), HasSubstr("in a cycle: 'a' -> 'a' [TL-F401]"));
}

TEST(CheckModuleCycles, AllowsFiveLevelsAndNoMore) {
  std::vector<Document> documents;
  for (const char* const name : {"a", "b", "c", "d"}) {
    documents.push_back(Invoking(name, {std::string(1, static_cast<char>(name[0] + 1))}));
  }
  documents.push_back(Invoking("e", {}));
  documents.push_back(Invoking("main", {"a"}, false));
  EXPECT_EQ("", ToText(CheckModuleCycles(documents)));

  documents[4] = Invoking("e", {"f"});
  documents.push_back(Invoking("f", {}));

  EXPECT_THAT(
      ToText(CheckModuleCycles(documents)),
      HasSubstr("main.json:1:153: error: modules nest 6 levels deep, but the service allows 5: "
                "'main' -> 'a' -> 'b' -> 'c' -> 'd' -> 'e' -> 'f' [TL-F402]"));
}

}  // namespace
}  // namespace trunkline::flow
