// RecognizeText: one turn. Where the bot has a code hook, its Lambda function is really invoked.
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/services/lexv2_runtime/conversation.h"
#include "cloud/services/lexv2_runtime/families.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lexv2_runtime {
namespace {

// A hook that keeps delegating would never end a turn.
constexpr int kMostHooks = 10;

struct Begun {
  Partner partner;
  sim::TurnResult turn;
};

Answer<Begun> Begin(const WaitContext& context, const json::Object& input) {
  Begun begun;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(begun.partner, FindPartner(state, input));
    sim::Session session = LoadSession(state, begun.partner, input);
    Override(input.GetObject("sessionState"), session);
    const sim::TurnInput said{.text = std::string(input.GetString("text")), .now = state.Now()};
    begun.turn = sim::TakeTurn(begun.partner.locale, session, said);
    return json::Object();
  }));
  return begun;
}

// The event of a code hook, version 1.0.
json::Object HookEvent(const json::Object& input, const Partner& partner,
                       const sim::TurnResult& turn) {
  json::Object bot{{"id", partner.bot_id},
                   {"name", partner.bot_name},
                   {"aliasId", partner.alias_id},
                   {"aliasName", partner.alias_name},
                   {"localeId", partner.locale.locale_id},
                   {"version", partner.version}};
  json::Object transcription{{"transcription", input.GetString("text")},
                             {"transcriptionConfidence", 1}};
  return {{"messageVersion", "1.0"},
          {"invocationSource",
           turn.hook == sim::Hook::kFulfillment ? "FulfillmentCodeHook" : "DialogCodeHook"},
          {"inputMode", "Text"},
          {"responseContentType", "text/plain; charset=utf-8"},
          {"sessionId", input.GetString("sessionId")},
          {"inputTranscript", input.GetString("text")},
          {"bot", std::move(bot)},
          {"interpretations", InterpretationsToWire(turn)},
          {"requestAttributes", input.GetObject("requestAttributes")},
          {"sessionState", SessionToWire(turn.session)},
          {"transcriptions", json::Array{std::move(transcription)}}};
}

ServiceError HookFailed(const std::string& why) {
  return {"DependencyFailedException", fmt::format("the bot's Lambda function failed: {}", why)};
}

Answer<sim::HookAnswer> ReadHookAnswer(const json::Object& invoked) {
  const std::string payload(invoked.GetString("Payload"));
  if (invoked.Has("FunctionError")) return HookFailed(payload.substr(0, 300));
  const Result<json::Value> parsed = json::Parse(payload);
  if (!parsed || !parsed->IsObject()) return HookFailed("its answer is not a JSON object");
  const json::Object& state = parsed->AsObject().GetObject("sessionState");
  sim::HookAnswer answer;
  const json::Object& action = state.GetObject("dialogAction");
  if (!action.empty()) {
    answer.action = sim::DialogAction{.type = std::string(action.GetString("type")),
                                      .slot = std::string(action.GetString("slotToElicit"))};
  }
  answer.intent = IntentFromWire(state.GetObject("intent"));
  if (state.Has("sessionAttributes")) answer.attributes = state.GetObject("sessionAttributes");
  for (const json::Value& message : parsed->AsObject().GetArray("messages")) {
    const json::Object& one = message.AsObject();
    answer.messages.push_back(
        {.content_type = std::string(one.GetString("contentType", "PlainText")),
         .content = std::string(one.GetString("content"))});
  }
  return answer;
}

std::string AliasArn(const WaitContext& context, const Partner& partner) {
  return MakeArn({context.caller().account, context.region()}, "lex",
                 fmt::format("bot-alias/{}/{}", partner.bot_id, partner.alias_id));
}

// The function's own policy must let the alias in.
bool MayCallHook(const WaitContext& context, const Partner& partner) {
  bool may = false;
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    may = MayInvoke(state, partner.hook_arn, "lexv2.amazonaws.com", AliasArn(context, partner));
    return json::Object();
  }));
  return may;
}

// AWS's own words.
ServiceError HookDenied(const WaitContext& context, const Partner& partner) {
  return {"DependencyFailedException",
          fmt::format("Invalid Bot Configuration: Access denied while invoking lambda function {} "
                      "from {}. Please check the policy on this function.",
                      partner.hook_arn, AliasArn(context, partner))};
}

net::aw<Answer<sim::HookAnswer>> CallHook(WaitContext context, const Partner& partner,
                                          json::Object event) {
  if (partner.hook_arn.empty())
    co_return sim::HookAnswer();  // an intent asks for a hook that the alias does not have:
                                  // delegate
  json::Object input{{"FunctionName", partner.hook_arn},
                     {"Payload", json::Write(json::Value(std::move(event)))}};
  const auto function = ParseArn(partner.hook_arn);
  if (!function || !MayCallHook(context, partner)) co_return HookDenied(context, partner);
  WaitContext service = context.As(RootCaller(function->account), function->region);
  Answer<> invoked = co_await service.Call("lambda", "Invoke", std::move(input));
  if (!invoked) co_return HookFailed(invoked.error().message);
  co_return ReadHookAnswer(*invoked);
}

json::Object ToWire(const json::Object& input, const sim::TurnResult& turn) {
  json::Object answer{{"sessionState", SessionToWire(turn.session)},
                      {"interpretations", InterpretationsToWire(turn)},
                      {"sessionId", input.GetString("sessionId")}};
  if (!turn.messages.empty()) answer.Set("messages", MessagesToWire(turn.messages));
  const json::Object& attributes = input.GetObject("requestAttributes");
  if (!attributes.empty()) answer.Set("requestAttributes", attributes);
  return answer;
}

net::aw<Answer<>> RecognizeText(WaitContext context, json::Object input) {
  TL_CO_TRY(Begun begun, Begin(context, input));
  for (int hooks = 0; begun.turn.hook != sim::Hook::kNone; ++hooks) {
    if (hooks == kMostHooks)
      co_return HookFailed(fmt::format("it delegated {} times in one turn", kMostHooks));
    json::Object event = HookEvent(input, begun.partner, begun.turn);
    TL_CO_TRY(const sim::HookAnswer answer,
              co_await CallHook(context, begun.partner, std::move(event)));
    begun.turn = sim::ContinueAfterHook(begun.partner.locale, begun.turn, answer);
  }
  co_return context.State([&](Context& state) -> Answer<> {
    SaveSession(state, input, begun.turn.session);
    return ToWire(input, begun.turn);
  });
}

constexpr WaitHandler kRecognizeText{RecognizeText};

constexpr Operation kOperations[] = {
    {.name = "RecognizeText", .wait = &kRecognizeText},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRecognizeOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_runtime
