#include "cloud/services/lexv2_runtime/conversation.h"
#include "cloud/services/lexv2_runtime/families.h"

namespace trunkline::cloud::lexv2_runtime {
namespace {

ServiceError NoSession(const json::Object& input) {
  return {"ResourceNotFoundException",
          fmt::format("there is no session '{}'", input.GetString("sessionId"))};
}

Answer<> GetSession(Context& context, const json::Object& input) {
  TL_TRY(const Partner partner, FindPartner(context, input));
  if (!HasSession(context, partner, input)) return NoSession(input);
  const sim::Session session = LoadSession(context, partner, input);
  return json::Object{{"sessionId", input.GetString("sessionId")},
                      {"sessionState", SessionToWire(session)}};
}

Answer<> PutSession(Context& context, const json::Object& input) {
  TL_TRY(const Partner partner, FindPartner(context, input));
  sim::Session session;
  Override(input.GetObject("sessionState"), session);
  if (session.intent && partner.locale.FindIntent(session.intent->name) == nullptr) {
    return ServiceError("ValidationException",
                        fmt::format("the bot has no intent '{}'", session.intent->name));
  }
  SaveSession(context, input, session);
  return json::Object{{"sessionId", input.GetString("sessionId")}};
}

Answer<> DeleteSession(Context& context, const json::Object& input) {
  TL_DO(FindPartner(context, input));
  if (!ForgetSession(context, input)) return NoSession(input);
  json::Object answer;
  for (const std::string_view member : {"botId", "botAliasId", "localeId", "sessionId"})
    answer.Set(member, input.At(member));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteSession", .handle = DeleteSession},
    {.name = "GetSession", .handle = GetSession},
    {.name = "PutSession", .handle = PutSession},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSessionOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_runtime
