#include "app/open_call.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/flow_source.h"
#include "app/mocks.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

using flow::ResourceKind;

Result<StagePlace> ReadPlace(const center::Center& center, const std::string& environment) {
  if (!environment.empty()) {
    TL_TRY(const center::Environment* found, center::SelectEnvironment(center, environment));
    return PlaceOf(*found);
  }
  return center.environments.empty() ? StagePlace{} : PlaceOf(center.environments.front());
}

constexpr char kDialled[] = "+15550199";  // nobody's number

// What is told about placeholders of a kind; the rest is not worth a word.
struct NoteRow {
  ResourceKind kind;
  std::string_view text;
};
constexpr NoteRow kNoteRows[] = {
    {ResourceKind::kFlow, "flows that are not here end at once"},
    {ResourceKind::kModule, "modules that are not here return at once"},
    {ResourceKind::kHours, "hours that are not here are always open"},
    {ResourceKind::kLambda, "functions that are not here fail without a mock"},
    {ResourceKind::kBot, "bots that are not here fail without a mock"},
};

}  // namespace

Result<OpenedCall> OpenCall(const AppWorld& world, const OfflineCallArgs& args,
                            Findings& findings) {
  TL_TRY(const FlowSource source, FindFlowSource(world.files, args.flow, args.folder, findings));
  TL_TRY(const StagePlace place, ReadPlace(source.center, args.environment));
  Stage stage = SetStage(source.center, place, source.alone);
  if (HasErrors(stage.findings)) {
    findings.insert(findings.end(), stage.findings.begin(), stage.findings.end());
    return Error(ErrorKind::kInvalid, "flow '{}' cannot be called", source.flow);
  }
  TL_DO(AddMocks(args.mocks, world.files, stage));
  if (args.unanswered) stage.world.answering.mode = sim::Answering::Mode::kNobody;
  sim::Call call{.flow = source.flow,
                 .channel = args.channel,
                 .now = args.at ? *args.at : world.clock.Now(),
                 .seed = args.seed,
                 .attributes = args.attributes};
  call.customer.address = args.from;
  if (args.channel == sim::Channel::kVoice) call.system.address = kDialled;
  return OpenedCall{.stage = std::move(stage), .call = std::move(call)};
}

std::vector<std::string> OpenedCall::Notes() const {
  std::vector<std::string> notes;
  for (const NoteRow& row : kNoteRows) {
    std::vector<std::string> names;
    for (const Placeholder& one : stage.placeholders) {
      if (one.kind == row.kind && std::ranges::find(names, one.name) == names.end())
        names.push_back(one.name);
    }
    if (!names.empty()) notes.push_back(fmt::format("{}: '{}'", row.text, Join(names, "', '")));
  }
  return notes;
}

std::vector<std::string> MissingMocks(const sim::Rehearsal& rehearsal) {
  std::vector<std::string> missing;
  for (const std::string& name : rehearsal.missing_functions()) missing.push_back("lambda:" + name);
  for (const std::string& name : rehearsal.missing_bots()) missing.push_back("bot:" + name);
  return missing;
}

}  // namespace trunkline::app
