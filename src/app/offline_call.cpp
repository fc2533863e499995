#include "app/offline_call.h"

#include <utility>

#include "sim/contact_json.h"

namespace trunkline::app {

OfflineCall::OfflineCall(OpenedCall opened)
    : flow_(opened.stage.FindFlow(opened.call.flow)->name),
      from_(opened.call.customer.address),
      account_(opened.stage.world.account),
      region_(opened.stage.world.region),
      rehearsal_(std::make_shared<const sim::World>(std::move(opened.stage.world)),
                 std::move(opened.call), std::move(opened.stage.stand_ins)) {}

json::Object OfflineCall::Start() {
  rehearsal_.Give(sim::Started{});
  return Shown(0);
}

Result<json::Object> OfflineCall::Tell(const json::Object& event) {
  TL_TRY(const sim::Event read, sim::ReadEvent(event, rehearsal_.contact()));
  const std::size_t before = rehearsal_.transcript().lines.size();
  rehearsal_.Give(read);
  return Shown(before);
}

json::Object OfflineCall::Shown(std::size_t first) const {
  json::Object shown{{"contactId", rehearsal_.contact().id()},
                     {"account", account_},
                     {"region", region_},
                     {"flow", flow_},
                     {"from", from_}};
  const auto add = [&](const json::Object& members) {
    for (const json::Member& member : members) shown.Set(member.key, member.value);
  };
  add(sim::Standing(rehearsal_.contact()));
  add(sim::Progress(rehearsal_.contact(), rehearsal_.transcript(), first));
  return shown;
}

}  // namespace trunkline::app
