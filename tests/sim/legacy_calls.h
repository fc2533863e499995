// Calls through converted flows of the corpus: what their tests share. Expected values are read off
// the legacy exports, module by module.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "base/text.h"
#include "flow/legacy.h"
#include "flow/validate.h"
#include "sim/rehearsal.h"
#include "tests/sim/fixture.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim::tests {

// The text of the corpus file whose name starts with `number` ("005"); aborts when there is none.
inline std::string ReadLegacy(std::string_view number) {
  for (const std::string& file :
       trunkline::tests::FilesBelow(*trunkline::tests::SharedFolder() + "/corpus/flows/legacy"))
    if (file.substr(file.rfind('/') + 1).starts_with(number))
      return trunkline::tests::ReadFileOrDie(file);
  std::abort();
}

// The flow an export becomes, as the resource `id`; its errors in observed mode fail the test.
inline FlowResource Converted(std::string_view text, std::string id = "main") {
  const flow::Parsed legacy = flow::Parse(std::string(text), "old.json");
  flow::LegacyConversion converted = flow::ConvertLegacy(*legacy.document);
  for (const Finding& finding :
       flow::Validate(*converted.document, flow::ValidateMode::kObserved).findings)
    EXPECT_NE(finding.severity, Severity::kError) << finding.message;
  FlowResource flow{.id = id, .name = id};
  flow.type = converted.document->type;
  flow.document = std::make_shared<const flow::Document>(std::move(*converted.document));
  return flow;
}

// One call and what it lived through.
class OldCall {
 public:
  OldCall(World world, StandIns stand_ins, Call call = {})
      : rehearsal_(std::make_shared<const World>(std::move(world)), Complete(std::move(call)),
                   std::move(stand_ins)) {}

  // Plays the script; the transcript.
  std::string Play(const std::vector<Event>& script = {}) {
    for (Effect& effect : PlayScript(rehearsal_, script)) effects_.push_back(std::move(effect));
    return ToText(rehearsal_.transcript());
  }
  // Fires the next timer; the transcript.
  std::string LetTimePass() {
    for (Effect& effect : rehearsal_.LetTimePass()) effects_.push_back(std::move(effect));
    return ToText(rehearsal_.transcript());
  }

  Phase phase() const { return rehearsal_.contact().phase(); }
  std::string Attribute(std::string_view name) const {
    return std::string(rehearsal_.contact().attributes().GetString(name));
  }
  std::string QueueName() const {
    const Queue* queue = rehearsal_.contact().queue();
    return queue == nullptr ? "" : queue->name;
  }
  // The last effect of a kind; nullptr when there was none.
  template <class Body>
  const Body* Last() const {
    for (auto at = effects_.rbegin(); at != effects_.rend(); ++at)
      if (const Body* body = std::get_if<Body>(&at->what)) return body;
    return nullptr;
  }
  // The parameters each call of function `name` got, in order.
  std::vector<json::Object> Asked(std::string_view name) const {
    std::vector<json::Object> asked;
    for (const Effect& effect : effects_) {
      const auto* call = std::get_if<InvokeLambda>(&effect.what);
      if (call != nullptr && call->name == name)
        asked.push_back(call->payload.GetObject("Details").GetObject("Parameters"));
    }
    return asked;
  }

 private:
  static Call Complete(Call call) {
    call.contact_id = "c";
    call.flow = "main";
    call.customer = {"+15550100"};
    call.system = {"+15550111"};
    return call;
  }

  Rehearsal rehearsal_;
  std::vector<Effect> effects_;
};

// `text` holds all of `phrases`, one behind the other.
MATCHER_P(SaysInOrder, phrases, "") {
  std::size_t from = 0;
  for (const std::string& phrase : phrases) {
    const std::size_t at = arg.find(phrase, from);
    if (at == std::string::npos) {
      *result_listener << "'" << phrase << "' is not said, or too early";
      return false;
    }
    from = at + phrase.size();
  }
  return true;
}
inline auto InOrder(std::vector<std::string> phrases) {
  return SaysInOrder(std::move(phrases));
}

}  // namespace trunkline::sim::tests
