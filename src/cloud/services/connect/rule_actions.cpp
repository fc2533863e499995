#include "cloud/services/connect/rule_actions.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

struct ActionKind {
  std::string_view type;
  std::string_view member;
  // The event sources that know it (documented); empty: the documentation names none.
  std::string_view sources;
};

constexpr std::array<ActionKind, 9> kKinds = {{
    {"CREATE_TASK", "TaskAction", ""},
    {"ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction",
     "OnPostCallAnalysisAvailable OnRealTimeCallAnalysisAvailable OnRealTimeChatAnalysisAvailable "
     "OnPostChatAnalysisAvailable OnEmailAnalysisAvailable OnZendeskTicketCreate "
     "OnZendeskTicketStatusUpdate OnSalesforceCaseCreate"},
    {"GENERATE_EVENTBRIDGE_EVENT", "EventBridgeAction",
     "OnPostCallAnalysisAvailable OnRealTimeCallAnalysisAvailable OnRealTimeChatAnalysisAvailable "
     "OnPostChatAnalysisAvailable OnEmailAnalysisAvailable OnContactEvaluationSubmit "
     "OnMetricDataUpdate OnAlertUpdate OnSchedulePublish OnScheduleUpdate "
     "OnScheduleTimeOffRequestActivity"},
    {"SEND_NOTIFICATION", "SendNotificationAction",
     "OnPostCallAnalysisAvailable OnRealTimeCallAnalysisAvailable OnRealTimeChatAnalysisAvailable "
     "OnPostChatAnalysisAvailable OnEmailAnalysisAvailable OnContactEvaluationSubmit "
     "OnMetricDataUpdate OnAlertUpdate OnSchedulePublish OnScheduleUpdate "
     "OnScheduleTimeOffRequestActivity"},
    {"CREATE_CASE", "CreateCaseAction", "OnPostCallAnalysisAvailable OnPostChatAnalysisAvailable"},
    {"UPDATE_CASE", "UpdateCaseAction", "OnCaseCreate OnCaseUpdate"},
    {"ASSIGN_SLA", "AssignSlaAction", ""},
    {"END_ASSOCIATED_TASKS", "EndAssociatedTasksAction", "OnCaseUpdate"},
    {"SUBMIT_AUTO_EVALUATION", "SubmitAutoEvaluationAction", ""},
}};

bool Knows(const ActionKind& kind, std::string_view source) {
  if (kind.sources.empty()) return true;
  const auto sources = Split(kind.sources, ' ');
  return std::ranges::find(sources, source) != sources.end();
}

// The member of its type, and no other.
Answer<void> CheckMembers(const json::Object& action) {
  const std::string_view type = action.GetString("ActionType");
  for (const ActionKind& kind : kKinds) {
    if (action.Has(kind.member) == (kind.type == type)) continue;
    return InvalidRequest(
        kind.type == type ? fmt::format("an action of the type {} needs a {}", type, kind.member)
                          : fmt::format("an action of the type {} takes no {}", type, kind.member));
  }
  return {};
}

Answer<json::Object> CheckTask(Context& context, const Record& instance, json::Object task) {
  TL_TRY(const Record* flow,
         FindResource(context, instance, kFlow, task.GetString("ContactFlowId")));
  task.Set("ContactFlowId", flow->id);
  return task;
}

// Who gets it: users by id, or by their tags.
Answer<json::Object> CheckRecipient(Context& context, const Record& instance,
                                    json::Object notification) {
  json::Object recipient = notification.GetObject("Recipient");
  if (recipient.GetArray("UserIds").empty() && recipient.GetObject("UserTags").empty()) {
    return InvalidRequest("the recipient of a notification needs UserIds or UserTags");
  }
  if (!recipient.Has("UserIds")) return notification;
  json::Array ids;
  for (const json::Value& id : recipient.GetArray("UserIds")) {
    TL_TRY(const Record* user, FindResource(context, instance, kUser, id.AsString()));
    ids.emplace_back(user->id);
  }
  recipient.Set("UserIds", std::move(ids));
  notification.Set("Recipient", std::move(recipient));
  return notification;
}

// No instance of this cloud has a form: evaluations are not implemented.
Answer<json::Object> CheckForm(const Record& instance, const json::Object& evaluation) {
  return NotFound("evaluation form", evaluation.GetString("EvaluationFormId"), instance);
}

Answer<json::Object> CheckTarget(Context& context, const Record& instance, std::string_view type,
                                 const json::Object& target) {
  if (type == "CREATE_TASK") return CheckTask(context, instance, target);
  if (type == "SEND_NOTIFICATION") return CheckRecipient(context, instance, target);
  if (type == "SUBMIT_AUTO_EVALUATION") return CheckForm(instance, target);
  return target;
}

}  // namespace

Answer<json::Array> CheckRuleActions(Context& context, const Record& instance,
                                     std::string_view event_source, const json::Array& actions) {
  if (actions.empty()) return InvalidRequest("a rule needs an action");
  std::set<std::string_view> seen;
  json::Array checked;
  for (const json::Value& value : actions) {
    json::Object action = value.AsObject();
    const std::string_view type = value.AsObject().GetString("ActionType");
    const auto& kind = *std::ranges::find(kKinds, type, &ActionKind::type);
    TL_DO(CheckMembers(action));
    if (!seen.insert(type).second) {
      return InvalidRequest(fmt::format("a rule has one action of the type {} at most", type));
    }
    if (!Knows(kind, event_source)) {
      return InvalidRequest(
          fmt::format("the event source {} does not know actions of the type {}: those that do are "
                      "{}",
                      event_source, type, Replace(kind.sources, " ", ", ")));
    }
    TL_TRY(json::Object target,
           CheckTarget(context, instance, type, action.GetObject(kind.member)));
    action.Set(kind.member, std::move(target));
    checked.emplace_back(std::move(action));
  }
  return checked;
}

}  // namespace trunkline::cloud::connect
