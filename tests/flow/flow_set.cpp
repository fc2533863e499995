#include "tests/flow/flow_set.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"

namespace trunkline::flow {

Set& Set::Flow(const std::string& name, const std::string& actions, const std::string& more) {
  return Add(
      fmt::format(
          R"({{"Version":"2019-10-30","StartAction":"a","Metadata":{{"name":"{}"{}}},{}"Actions":[{}]}})",
          name, more.starts_with("\"type\"") ? "," + more : "",
          more.starts_with("\"type\"") ? "" : more, actions),
      name);
}

Set& Set::Module(const std::string& name, const std::string& actions) {
  return Flow(name, actions, R"("Settings":{},)");
}

Set& Set::Wrapped(const std::string& name, const std::string& settings,
                  const std::string& actions) {
  return Add(
      fmt::format(
          R"({{"Name":"{}","Settings":{},"Content":{{"Version":"2019-10-30","StartAction":"a","Settings":{{}},"Actions":[{}]}}}})",
          name, settings, actions),
      name);
}

std::string Set::Lint(std::string_view rule) const {
  LintOptions options;
  for (const LintRule& other : AllLintRules())
    options.levels[std::string(other.name)] =
        other.name == rule ? LintLevel::kWarning : LintLevel::kOff;
  std::string text;
  for (const SetFinding& one : LintSet(facts_, options))
    text += ToText(Findings{ToFinding(documents_[one.flow], one)});
  return text;
}

Set& Set::Add(std::string text, const std::string& name) {
  Parsed parsed = Parse(std::move(text), name + ".json");
  EXPECT_EQ("", ToText(parsed.findings));
  facts_.push_back(FactsOf(*parsed.document));
  documents_.push_back(std::move(*parsed.document));
  return *this;
}

std::string Say(const std::string& id, const std::string& text, const std::string& next) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"MessageParticipant","Parameters":{{"Text":"{}"}},"Transitions":{{"NextAction":"{}"}}}})",
      id, text, next);
}
std::string SetAttribute(const std::string& id, const std::string& key, const std::string& next,
                         const std::string& error, const std::string& value) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"UpdateContactAttributes","Parameters":{{"Attributes":{{"{}":"{}"}}}},"Transitions":{{"NextAction":"{}","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"{}"}}]}}}})",
      id, key, value, next, error);
}
std::string If(const std::string& id, const std::string& path, const std::string& yes,
               const std::string& no) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"Compare","Parameters":{{"ComparisonValue":"{}"}},"Transitions":{{"NextAction":"{}","Conditions":[{{"NextAction":"{}","Condition":{{"Operator":"Equals","Operands":["1"]}}}}],"Errors":[{{"ErrorType":"NoMatchingCondition","NextAction":"{}"}}]}}}})",
      id, path, no, yes, no);
}
std::string Go(const std::string& id, const std::string& flow, const std::string& error) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"TransferToFlow","Parameters":{{"ContactFlowId":"${{flow:{}}}"}},"Transitions":{{"NextAction":"{}","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"{}"}}]}}}})",
      id, flow, error, error);
}
std::string Call(const std::string& id, const std::string& module, const std::string& next,
                 const std::string& error) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"InvokeFlowModule","Parameters":{{"FlowModuleId":"${{module:{}}}"}},"Transitions":{{"NextAction":"{}","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"{}"}}]}}}})",
      id, module, next, error);
}
std::string Hook(const std::string& id, const std::string& flow, const std::string& next) {
  return fmt::format(
      R"({{"Identifier":"{}","Type":"UpdateContactEventHooks","Parameters":{{"EventHooks":{{"CustomerQueue":"${{flow:{}}}"}}}},"Transitions":{{"NextAction":"{}","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"{}"}}]}}}})",
      id, flow, next, next);
}
std::string Bye(const std::string& id) {
  return fmt::format(R"({{"Identifier":"{}","Type":"DisconnectParticipant","Transitions":{{}}}})",
                     id);
}
std::string Return(const std::string& id) {
  return fmt::format(R"({{"Identifier":"{}","Type":"EndFlowModuleExecution","Transitions":{{}}}})",
                     id);
}

}  // namespace trunkline::flow
