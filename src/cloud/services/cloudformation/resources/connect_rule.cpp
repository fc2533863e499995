// AWS::Connect::Rule.
#include <algorithm>
#include <array>

#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The property groups actions by their types; the API has a list of them.
struct ActionKind {
  std::string_view property;
  std::string_view type;
  std::string_view member;
};
constexpr std::array<ActionKind, 8> kActions = {{
    {"AssignContactCategoryActions", "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction"},
    {"CreateCaseActions", "CREATE_CASE", "CreateCaseAction"},
    {"EndAssociatedTasksActions", "END_ASSOCIATED_TASKS", "EndAssociatedTasksAction"},
    {"EventBridgeActions", "GENERATE_EVENTBRIDGE_EVENT", "EventBridgeAction"},
    {"SendNotificationActions", "SEND_NOTIFICATION", "SendNotificationAction"},
    {"SubmitAutoEvaluationActions", "SUBMIT_AUTO_EVALUATION", "SubmitAutoEvaluationAction"},
    {"TaskActions", "CREATE_TASK", "TaskAction"},
    {"UpdateCaseActions", "UPDATE_CASE", "UpdateCaseAction"},
}};

Answer<void> ListActions(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  const json::Value* groups = properties.Find("Actions");
  if (!groups || !groups->IsObject()) return {};
  json::Array actions;
  for (const json::Member& group : groups->AsObject()) {
    const auto kind = std::ranges::find(kActions, group.key, &ActionKind::property);
    if (kind == kActions.end() || !group.value.IsArray()) {
      return InvalidProperties("/Actions",
                               fmt::format("extraneous key [{}] is not permitted", group.key));
    }
    for (const json::Value& item : group.value.AsArray()) {
      json::Object action;
      action.Set("ActionType", kind->type);
      action.Set(kind->member, item);
      actions.emplace_back(std::move(action));
    }
  }
  properties.Set("Actions", std::move(actions));
  return {};
}

constexpr auto kProperties =
    Properties<"Actions* Function* InstanceArn*^ Name* PublishStatus* Tags TriggerEventSource*^">();

constexpr auto kAttributes = Words<"RuleArn">();

constexpr Change kChanges[] = {
    {"UpdateRule", "Name Function Actions PublishStatus"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::Rule",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateRule",
    .describe = "DescribeRule",
    .described = "Rule",
    .remove = "DeleteRule",
    .changes = kChanges,
    .id = "RuleArn",
    .keys = "InstanceId RuleId",
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "RuleArn",
    .prepare = ListActions,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectRuleType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
