#include "cloud/callers.h"
#include "cloud/services.h"
#include "cloud/services/connectparticipant/bearer.h"
#include "cloud/services/connectparticipant/participant.h"

namespace trunkline::cloud {
namespace participant {
namespace {

constexpr const Family* kFamilies[] = {
    &kConnectionOperations,
    &kMessageOperations,
    &kTranscriptOperations,
};

}  // namespace

Answer<Bearer> WhoBears(Engine& engine, const net::Request& request) {
  const Live live = engine.Get<contacts::Contacts>().FindByToken(
      request.headers.Get("X-Amz-Bearer"), engine.clock.Now());
  if (!live) return Denied();
  const Scope& scope = live->plan.scope;
  return Bearer{.caller = RootCaller(scope.account), .region = scope.region};
}

ServiceError Denied() {
  return ServiceError("AccessDeniedException", "Access denied");
}

ServiceError Invalid(std::string_view message) {
  return ServiceError("ValidationException", message);
}

Answer<Live> FindConnected(const WaitContext& context, const json::Object& input) {
  const std::string_view token = input.GetString("ConnectionToken");
  Live live = context.engine().Get<contacts::Contacts>().FindByToken(token, context.clock().Now());
  if (!live || live->chat->participant_token() == token) return Denied();
  return live;
}

}  // namespace participant

constinit const Service kConnectParticipantService{.model = participant::kService,
                                                   .families = participant::kFamilies};

}  // namespace trunkline::cloud
