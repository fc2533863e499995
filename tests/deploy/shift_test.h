// FunctionShift: a function 'lookup' whose callers have version 7, and a Lambda that keeps what
// aliases and tags are told. Version 8 is published whenever one is.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "deploy/function_shift.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {

inline constexpr std::string_view kShifted = "acme-dev-eu-central-1-lookup";

class FunctionShift : public DeployTest {
 protected:
  FunctionShift() {
    HaveInstance();
    DeclareFunction("lookup");
    aws.On("iam:CreateRole", json::Object{{"Role", json::Object{{"Arn", "arn:role"}}}});
    aws.On("lambda:GetFunctionConfiguration",
           json::Object{{"State", "Active"}, {"LastUpdateStatus", "Successful"}});
    aws.On("lambda:PublishVersion", json::Object{{"Version", "8"}});
    aws.On("lambda:GetAlias", [this](const json::Object& input) { return Get(input); });
    aws.On("lambda:UpdateAlias", [this](const json::Object& input) { return Update(input); });
    aws.On("lambda:CreateAlias", [this](const json::Object& input) { return Create(input); });
    aws.On("lambda:TagResource", [this](const json::Object& input) {
      hash_ = input.GetObject("Tags").GetString(kHashTag);
      return Result<json::Object>(json::Object());
    });
    aws.On("lambda:UntagResource", [this](const json::Object&) {
      hash_.clear();
      return Result<json::Object>(json::Object());
    });
    aws.Fails("lambda:GetFunction", "ResourceNotFoundException");
    SetAlarm("OK");
    Shift("Canary10Percent5Minutes");
  }

  void DeclareFunction(std::string_view name) {
    AddFunction(name);
    Have("function", name, "old-hash");
    hash_ = "old-hash";
    aliases_[fmt::format("acme-dev-eu-central-1-{}", name)] = {{"FunctionVersion", "7"}};
  }
  center::Shift& Shift(std::string_view type) {
    for (center::Function& function : center.functions)
      function.shift = center::ShiftOfType(type).value();
    return *center.functions.front().shift;
  }
  void StopBy(std::string_view alarm) {
    center.functions.front().shift->alarms = {
        {.value = std::string(alarm), .place = {.file = "function.json", .line = 9, .column = 5}}};
  }
  void SetAlarm(std::string_view state, std::string_view list = "MetricAlarms") {
    json::Array alarms;
    alarms.emplace_back(json::Object{
        {"AlarmName", "errors"}, {"StateValue", state}, {"StateReason", "4 errors a minute"}});
    json::Object answer;
    answer.Set(list, std::move(alarms));
    aws.On("cloudwatch:DescribeAlarms", std::move(answer));
  }
  void HaveWeights(std::string_view version, double weight) {
    aliases_[std::string(kShifted)] = WeightsOn("7", version, weight);
    live.Put("function", "lookup", {.id = "f", .arn = "a", .tags = {}, .body = {}});
  }
  static json::Object WeightsOn(std::string_view first, std::string_view second, double weight) {
    json::Object weights;
    weights.Set(second, weight);
    return {{"FunctionVersion", first},
            {"RoutingConfig", json::Object{{"AdditionalVersionWeights", std::move(weights)}}}};
  }

  Applied Deliver() { return ApplyOne("function", "lookup", Action::kUpdate); }
  std::string Error(const Applied& applied) {
    return applied.failed.empty() ? "" : applied.failed.front().error.message();
  }
  // "7", or "7 + 8:0.1": who gets what.
  std::string Callers(std::string_view function = kShifted) const {
    const auto found = aliases_.find(std::string(function));
    return found == aliases_.end() ? "nobody" : InWords(found->second);
  }
  // What told of the shift, and not that it began or ended.
  std::vector<std::string> Told() const {
    std::vector<std::string> told;
    for (const std::string& event : progress.events) {
      if (event.starts_with("told ")) told.push_back(event.substr(5));
    }
    return told;
  }
  Milliseconds Waited() { return aws.fake().waited(); }

  std::map<std::string, json::Object> aliases_;
  std::vector<std::string> moves_;  // of the alias, in order
  std::string hash_;                // recorded on the function

 private:
  static std::string InWords(const json::Object& alias) {
    std::string text(alias.GetString("FunctionVersion"));
    for (const json::Member& weight :
         alias.GetObject("RoutingConfig").GetObject("AdditionalVersionWeights"))
      text += fmt::format(" + {}:{}", weight.key, weight.value.AsDouble());
    return text;
  }
  Result<json::Object> Get(const json::Object& input) {
    const std::string function(input.GetString("FunctionName"));
    if (aliases_.count(function) == 0) return Refused("ResourceNotFoundException");
    json::Object alias = aliases_[function];
    alias.Set("RevisionId", Revision(function));
    return alias;
  }
  Result<json::Object> Update(const json::Object& input) {
    const std::string function(input.GetString("FunctionName"));
    if (aliases_.count(function) == 0) return Refused("ResourceNotFoundException");
    const std::string_view revision = input.GetString("RevisionId");
    if (!revision.empty() && revision != Revision(function))
      return Refused("PreconditionFailedException", "another revision");
    return Put(function, input);
  }
  Result<json::Object> Create(const json::Object& input) {
    return Put(std::string(input.GetString("FunctionName")), input);
  }
  Result<json::Object> Put(const std::string& function, const json::Object& input) {
    aliases_[function] = input;
    moves_.push_back(InWords(input));
    ++revisions_[function];
    return json::Object{{"RevisionId", Revision(function)}};
  }
  std::string Revision(const std::string& function) {
    return fmt::format("r{}", revisions_[function]);
  }

 protected:
  std::map<std::string, int> revisions_;  // of aliases
};

}  // namespace trunkline::deploy::tests
