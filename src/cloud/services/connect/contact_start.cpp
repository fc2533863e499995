// Contacts that an operation starts: chats, tasks and calls to somebody. They live on the cloud's
// clock (cloud/contacts/host.h).
#include <memory>

#include <fmt/format.h>

#include "cloud/contacts/host.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/contact_input.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/wait.h"

namespace trunkline::cloud::connect {
namespace {

using contacts::CallPlan;
using contacts::Contacts;
using contacts::LiveContact;
using Live = std::shared_ptr<LiveContact>;

constexpr std::chrono::minutes kChatDuration{25 * 60};
constexpr std::chrono::minutes kTimeToConnect{5};
constexpr std::chrono::hours kTaskDuration{7 * 24};
constexpr std::chrono::hours kLatestSchedule{6 * 24};

// One of the operations: how it plans its contact, and what it answers.
struct Starting {
  std::string_view operation;
  std::string_view full;  // the error when too many contacts are under way
  Answer<CallPlan> (*plan)(Context&, const Record& instance, const json::Object& input);
  // Dresses a new contact before its flow begins: the output.
  json::Object (*dress)(Context&, LiveContact&, const json::Object& input);
};

Answer<CallPlan> PlanOf(Context& context, const Record& instance, const json::Object& input,
                        sim::Channel channel) {
  TL_DO(CheckContactAttributes(input.GetObject("Attributes")));
  TL_DO(CheckContactReferences(input.GetObject("References")));
  CallPlan plan{.scope = context.RegionScope(),
                .instance_id = instance.id,
                .from = {},
                .channel = channel,
                .attributes = input.GetObject("Attributes"),
                .initiation_method = "API",
                .references = input.GetObject("References"),
                .on_cloud_clock = true};
  CopyMembers(input, {"Name", "Description", "RelatedContactId", "CustomerId", "SegmentAttributes"},
              plan.details);
  return plan;
}

Answer<> Add(Context& context, Contacts& all, const json::Object& input, const Starting& starting,
             Live& live) {
  TL_TRY(const auto before,
         AnsweredBefore(context, starting.operation, input, "InvalidParameterException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(CallPlan plan, starting.plan(context, *instance, input));
  plan.answering = all.answering;
  Live added = all.Add(context, plan, *instance);
  if (!added) {
    return ServiceError(
        starting.full,
        fmt::format("{} contacts are under way: let some of them end", Contacts::kMost));
  }
  json::Object output = starting.dress(context, *added, input);
  RememberAnswer(context, starting.operation, input, output);
  live = std::move(added);
  return output;
}

// Null when the same call was answered before.
Answer<> Start(const WaitContext& context, const json::Object& input, const Starting& starting,
               Live& live) {
  auto& all = context.engine().Get<Contacts>();
  return context.State([&](Context& state) { return Add(state, all, input, starting, live); });
}

// ---- chats

Answer<CallPlan> PlanChat(Context& context, const Record& instance, const json::Object& input) {
  constexpr std::string_view kRefused[] = {"PersistentChat"};
  TL_DO(RefuseMembers(input, kRefused));
  TL_TRY(CallPlan plan, PlanOf(context, instance, input, sim::Channel::kChat));
  TL_TRY(const Record* flow, FindContactFlow(context, instance, input.GetString("ContactFlowId")));
  plan.flow_id = flow->id;
  const json::Object& message = input.GetObject("InitialMessage");
  const std::string_view type = message.GetString("ContentType", contacts::kPlainText);
  if (type != contacts::kPlainText && type != "text/markdown" && type != "application/json") {
    return InvalidParameter(
        fmt::format("expected text/plain, text/markdown or application/json as content type of "
                    "the initial message but got '{}'",
                    type));
  }
  plan.initial_message = message.GetString("Content");
  return plan;
}

json::Object DressChat(Context& context, LiveContact& live, const json::Object& input) {
  live.chat = std::make_unique<contacts::Chat>(
      live.id, std::string(input.GetObject("ParticipantDetails").GetString("DisplayName")),
      context.random);
  contacts::Chat& chat = *live.chat;
  for (const json::Value& type : input.GetArray("SupportedMessagingContentTypes")) {
    if (type.AsString() != contacts::kPlainText) chat.content_types.push_back(type.AsString());
  }
  chat.AddEvent(context.Now(), chat.customer(), "participant.joined");
  const json::Object& message = input.GetObject("InitialMessage");
  if (!message.empty()) {
    chat.AddMessage(context.Now(), chat.customer(), message.GetString("ContentType"),
                    live.plan.initial_message);
  }
  return {{"ContactId", live.id},
          {"ParticipantId", chat.customer().id},
          {"ParticipantToken", chat.participant_token()}};
}

// A chat to which nobody comes is ended.
void AwaitCustomer(Engine& engine, const Live& live) {
  live->deadlines.push_back(engine.timers.CallAt(
      live->course.began + kTimeToConnect, [&engine, weak = std::weak_ptr(live)] {
        const Live there = weak.lock();
        if (there && !there->chat->connected())
          contacts::End(engine, there, "nobody connected to the chat", "CUSTOMER_NEVER_ARRIVED");
      }));
}

net::aw<Answer<>> StartChatContact(WaitContext context, json::Object input) {
  constexpr Starting kStarting{.operation = "StartChatContact",
                               .full = "LimitExceededException",
                               .plan = PlanChat,
                               .dress = DressChat};
  Live live;
  Answer<> answer = Start(context, input, kStarting, live);
  if (answer && live) {
    Engine& engine = context.engine();
    const std::chrono::minutes duration(
        input.GetInt("ChatDurationInMinutes", kChatDuration.count()));
    contacts::EndAt(engine, live, live->course.began + duration, "the time of the chat was over",
                    "EXPIRED");
    AwaitCustomer(engine, live);
    contacts::Begin(engine, live);
  }
  co_return answer;
}

// ---- tasks

// A quick connect to a queue or to a user names the flow of its transfers.
Answer<std::string> FlowOfQuickConnect(Context& context, const Record& instance,
                                       std::string_view id) {
  TL_TRY(const Record* found, FindResource(context, instance, kQuickConnect, id));
  const json::Object& config = found->body.GetObject("QuickConnectConfig");
  for (const std::string_view member : {"QueueConfig", "UserConfig", "FlowConfig"}) {
    const std::string_view flow = config.GetObject(member).GetString("ContactFlowId");
    if (!flow.empty()) return std::string(flow);
  }
  return InvalidParameter(
      fmt::format("quick connect '{}' leads to a phone number, which takes no tasks", found->name));
}

Answer<std::string> FlowOfTemplate(Context& context, const Record& instance, std::string_view id) {
  TL_TRY(const Record* found, FindResource(context, instance, kTaskTemplate, id));
  const std::string_view flow = found->body.GetString("ContactFlowId");
  if (!flow.empty()) return std::string(flow);
  return InvalidParameter(
      fmt::format("task template '{}' names no flow: name one beside it", found->name));
}

Answer<std::string> FlowOfTask(Context& context, const Record& instance,
                               const json::Object& input) {
  const std::string_view connect = input.GetString("QuickConnectId");
  const std::string_view flow = input.GetString("ContactFlowId");
  if (!connect.empty() && !flow.empty()) {
    return InvalidParameter("expected either a ContactFlowId or a QuickConnectId, not both");
  }
  if (!connect.empty()) return FlowOfQuickConnect(context, instance, connect);
  if (!flow.empty()) {
    TL_TRY(const Record* found, FindContactFlow(context, instance, flow));
    return found->id;
  }
  const std::string_view task_template = input.GetString("TaskTemplateId");
  if (!task_template.empty()) return FlowOfTemplate(context, instance, task_template);
  return InvalidParameter("expected a ContactFlowId, a QuickConnectId or a TaskTemplateId");
}

Answer<CallPlan> PlanTask(Context& context, const Record& instance, const json::Object& input) {
  constexpr std::string_view kRefused[] = {"Attachments", "PreviousContactId"};
  TL_DO(RefuseMembers(input, kRefused));
  TL_TRY(CallPlan plan, PlanOf(context, instance, input, sim::Channel::kTask));
  TL_TRY(plan.flow_id, FlowOfTask(context, instance, input));
  const json::Value* scheduled = input.Find("ScheduledTime");
  if (scheduled == nullptr) return plan;
  const TimePoint at = FromEpochSeconds(scheduled->AsDouble());
  if (at < context.Now() || at > context.Now() + kLatestSchedule)
    return InvalidParameter("expected a ScheduledTime within the next six days");
  plan.begins = at;
  plan.details.Set("ScheduledTimestamp", json::Number{EpochSeconds(at)});
  return plan;
}

json::Object DressTask(Context&, LiveContact& live, const json::Object&) {
  return {{"ContactId", live.id}};
}

net::aw<Answer<>> StartTaskContact(WaitContext context, json::Object input) {
  constexpr Starting kStarting{.operation = "StartTaskContact",
                               .full = "ServiceQuotaExceededException",
                               .plan = PlanTask,
                               .dress = DressTask};
  Live live;
  Answer<> answer = Start(context, input, kStarting, live);
  if (answer && live) {
    const TimePoint begins = live->plan.begins.value_or(live->course.began);
    contacts::EndAt(context.engine(), live, begins + kTaskDuration, "the task was never completed",
                    "EXPIRED");
    contacts::Begin(context.engine(), live);
  }
  co_return answer;
}

// ---- calls to somebody

// The caller's number: the one that is named, which must be the instance's, else the queue's.
Answer<std::string> SourceNumber(Context& context, const Record& instance,
                                 const json::Object& input, const Record* queue) {
  const std::string_view named = input.GetString("SourcePhoneNumber");
  if (!named.empty()) {
    if (context.store.FindByName(context.RegionScope(), kPhoneNumber, instance.id, named) ==
        nullptr) {
      return InvalidParameter(
          fmt::format("the number '{}' is not claimed for instance '{}'", named, NameOf(instance)));
    }
    return std::string(named);
  }
  if (queue == nullptr) return InvalidParameter("expected a SourcePhoneNumber or a QueueId");
  const std::string_view id =
      queue->body.GetObject("OutboundCallerConfig").GetString("OutboundCallerIdNumberId");
  const Record* number =
      id.empty() ? nullptr : context.store.Find(context.RegionScope(), kPhoneNumber, id);
  if (number == nullptr) {
    return InvalidParameter(
        fmt::format("queue '{}' has no outbound caller id number: give it one, or name a "
                    "SourcePhoneNumber",
                    queue->name));
  }
  return number->name;
}

Answer<CallPlan> PlanCall(Context& context, const Record& instance, const json::Object& input) {
  constexpr std::string_view kRefused[] = {"CampaignId", "OutboundStrategy"};
  TL_DO(RefuseMembers(input, kRefused));
  if (!instance.body.GetBool("OutboundCallsEnabled")) {
    return ServiceError("OutboundContactNotPermittedException",
                        fmt::format("instance '{}' makes no outbound calls: its attribute "
                                    "OUTBOUND_CALLS is false",
                                    NameOf(instance)));
  }
  TL_TRY(CallPlan plan, PlanOf(context, instance, input, sim::Channel::kVoice));
  TL_TRY(const Record* flow, FindContactFlow(context, instance, input.GetString("ContactFlowId")));
  plan.flow_id = flow->id;
  plan.from = input.GetString("DestinationPhoneNumber");
  const Record* queue = nullptr;
  if (input.Has("QueueId")) {
    TL_TRY(queue, FindResource(context, instance, kQueue, input.GetString("QueueId")));
    plan.queue_id = queue->id;
  }
  TL_TRY(plan.number, SourceNumber(context, instance, input, queue));
  if (input.GetObject("AnswerMachineDetectionConfig").GetBool("EnableAnswerMachineDetection"))
    plan.details.Set("AnsweringMachineDetectionStatus", "HUMAN_ANSWERED");
  return plan;
}

net::aw<Answer<>> StartOutboundVoiceContact(WaitContext context, json::Object input) {
  constexpr Starting kStarting{.operation = "StartOutboundVoiceContact",
                               .full = "LimitExceededException",
                               .plan = PlanCall,
                               .dress = DressTask};
  Live live;
  Answer<> answer = Start(context, input, kStarting, live);
  if (answer && live) contacts::Begin(context.engine(), live);
  co_return answer;
}

constexpr WaitHandler kStartChatContact{StartChatContact};
constexpr WaitHandler kStartOutboundVoiceContact{StartOutboundVoiceContact};
constexpr WaitHandler kStartTaskContact{StartTaskContact};

constexpr Operation kOperations[] = {
    {.name = "StartChatContact", .wait = &kStartChatContact},
    {.name = "StartOutboundVoiceContact", .wait = &kStartOutboundVoiceContact},
    {.name = "StartTaskContact", .wait = &kStartTaskContact},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kContactStartOperations = kOperations;

}  // namespace trunkline::cloud::connect
