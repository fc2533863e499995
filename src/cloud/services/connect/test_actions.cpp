// What the actions of a test case may say. The service's own words are kept where they are known.
#include <fmt/format.h>

#include "cloud/services/connect/test_content.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kOverridden =
    "InvokeLambdaFunction CheckHoursOfOperation ConnectParticipantWithLexBot "
    "TransferContactToQueue DequeueAndTransferToQueue DequeueContactAndTransferToQueue";
// The documentation lists Exists, too, which the service refuses.
constexpr std::string_view kOperators =
    "Equals TextStartsWith TextEndsWith TextContains NumberGreaterThan NumberGreaterOrEqualTo "
    "NumberLessThan NumberLessOrEqualTo";

void CheckInstruction(const json::Object& parameters, const std::string& path,
                      std::string_view entry_point, Problems& problems) {
  const json::Object& instruction = parameters.GetObject("Instruction");
  const std::string_view type = instruction.GetString("Type");
  if (parameters.GetString("Actor") != "Customer") {
    problems.push_back(fmt::format("{}.Actor must be Customer", path));
  }
  if (!IsOneOf("DtmfInput Utterance TextUtterance Disconnect", type)) {
    problems.push_back(fmt::format("{}.Instruction.Type '{}' is not known", path, type));
  } else if (type == "DtmfInput" && entry_point == "CHAT") {
    problems.push_back("DTMF input is not supported for Chat entry point");
  } else if (type != "Disconnect" && !instruction.GetObject("Properties").Has("Value")) {
    problems.push_back(fmt::format("{}.Instruction.Properties needs a Value", path));
  }
}

void CheckOverride(const json::Object& parameters, const std::string& path, Problems& problems) {
  const json::Object& behavior = parameters.GetObject("Behavior");
  const json::Object& properties = behavior.GetObject("Properties");
  const json::Object& strategy = properties.GetObject("Strategy");
  if (behavior.GetString("Type") != "FlowAction") {
    problems.push_back(fmt::format("{}.Behavior.Type must be FlowAction", path));
  }
  CheckFlowAction(properties, path + ".Behavior.Properties", kOverridden, problems);
  const std::string_view type = strategy.GetString("Type");
  const std::string at = path + ".Behavior.Properties.Strategy";
  if (type == "SubstituteResource" && strategy.GetString("SubstituteArn").empty()) {
    problems.push_back(fmt::format("{} needs a SubstituteArn", at));
  } else if (type == "MockResponse" && strategy.GetObject("Response").empty()) {
    problems.push_back(fmt::format("{} needs a Response", at));
  } else if (!IsOneOf("SubstituteResource MockResponse", type)) {
    problems.push_back(fmt::format("{}.Type '{}' is not known", at, type));
  }
}

void CheckAssert(const json::Object& parameters, const std::string& path, Problems& problems) {
  if (parameters.GetString("Namespace").empty()) {
    problems.push_back(fmt::format("{} needs a Namespace", path));
  }
  if (!IsOneOf(kOperators, parameters.GetString("Operator"))) {
    problems.push_back("Invalid operator parameter for AssertAction");
  } else if (!parameters.Has("Operand")) {
    problems.push_back(fmt::format("{} needs an Operand", path));
  }
}

void CheckControl(const json::Object& parameters, const std::string& path, Problems& problems) {
  const json::Object& command = parameters.GetObject("Command");
  const std::string_view type = command.GetString("Type");
  if (!IsOneOf("EndTest LogData", type)) {
    problems.push_back(fmt::format("{}.Command.Type '{}' is not known", path, type));
  } else if (type == "LogData" &&
             command.GetObject("Properties").GetObject("Expressions").empty()) {
    problems.push_back(fmt::format("{}.Command.Properties needs Expressions", path));
  }
}

}  // namespace

void CheckFlowAction(const json::Object& properties, const std::string& path,
                     std::string_view known, Problems& problems) {
  const std::string_view type = properties.GetString("ActionType");
  if (!IsOneOf(known, type)) {
    problems.push_back(fmt::format("{}.ActionType '{}' is not known", path, type));
  } else if (properties.GetObject("ActionParameters").empty()) {
    problems.push_back(
        fmt::format("InvalidFlowActionParametersProblem: {} needs ActionParameters", path));
  }
}

void CheckTestAction(const json::Object& action, const std::string& path,
                     std::string_view entry_point, Problems& problems) {
  const std::string_view type = action.GetString("Type");
  const json::Object& parameters = action.GetObject("Parameters");
  const std::string at = path + ".Parameters";
  if (type == "SendInstruction") {
    CheckInstruction(parameters, at, entry_point, problems);
  } else if (type == "OverrideSystemBehavior") {
    CheckOverride(parameters, at, problems);
  } else if (type == "Assert") {
    CheckAssert(parameters, at, problems);
  } else if (type == "TestControl") {
    CheckControl(parameters, at, problems);
  } else {
    problems.push_back(fmt::format("{}.Type '{}' is not known", path, type));
  }
}

}  // namespace trunkline::cloud::connect
