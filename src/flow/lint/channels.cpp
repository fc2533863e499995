// Rules about channels: what a path that is only for chat, or only for calls, must not do.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::pair<std::string_view, Channels> kNames[] = {
    {"VOICE", kVoice}, {"CHAT", kChat}, {"TASK", kTask}, {"EMAIL", kEmail}};

bool ComparesChannel(const Action& action) {
  return action.Is("Compare") && action.parameters.GetString("ComparisonValue") == "$.Channel";
}

// The channels for which the condition holds; nothing when it is not a plain comparison.
std::optional<Channels> ChannelsOf(const ConditionBranch& branch) {
  if (branch.op != "Equals" || branch.operands.size() != 1) return std::nullopt;
  for (const auto& [name, channel] : kNames) {
    if (EqualsIgnoreCase(name, branch.operands[0])) return channel;
  }
  return std::nullopt;
}

// The channels a contact on the edge may have, of those it may have had before. The first
// condition that holds wins.
Channels Behind(Channels before, const Action& action, const GraphEdge& edge) {
  if (!ComparesChannel(action)) return before;
  const bool is_condition = edge.kind == EdgeKind::kCondition;
  const std::size_t earlier = is_condition ? edge.branch : action.conditions.size();
  for (std::size_t i = 0; i < earlier; ++i) {
    before = static_cast<Channels>(before & ~ChannelsOf(action.conditions[i]).value_or(0));
  }
  if (!is_condition) return before;
  return before & ChannelsOf(action.conditions[edge.branch]).value_or(kEveryChannel);
}

Paths ChannelPaths(const LintContext& context) {
  return {context, kEveryChannel + 1, kEveryChannel,
          [](Paths::State state, const Action& action, const GraphEdge& edge) {
            return Behind(state, action, edge);
          }};
}

std::string ChannelNames(Channels channels) {
  std::vector<std::string> names;
  for (const auto& [name, channel] : kNames) {
    if ((channels & channel) != 0) names.emplace_back(name);
  }
  return Join(names, ", ");
}

bool AnyComparesChannel(const LintContext& context) {
  return std::ranges::any_of(context.Actions(),
                             [](const Action* action) { return ComparesChannel(*action); });
}

// The first state without any channel that the action works for, where the flow has looked at the
// channel.
template <class Wrong>
std::optional<Channels> FindWrong(const Paths& paths, std::size_t action, Wrong wrong) {
  for (int channels = 1; channels < kEveryChannel; ++channels) {
    const auto state = static_cast<Channels>(channels);
    if (wrong(state) && paths.Reaches(action, state)) return state;
  }
  return std::nullopt;
}

}  // namespace

void ActionForOtherChannel(LintContext& context) {
  // These go on as if nothing were asked of them.
  constexpr std::string_view kHarmless[] = {"MessageParticipant", "UpdateContactTextToSpeechVoice"};
  if (!AnyComparesChannel(context)) return;
  const Paths paths = ChannelPaths(context);
  for (const Action* action : context.Actions()) {
    const ActionKind* kind = FindActionKind(action->type);
    if (kind == nullptr || std::ranges::find(kHarmless, action->type) != std::end(kHarmless))
      continue;
    const std::size_t at = context.IndexOf(*action);
    const std::optional<Channels> wrong =
        FindWrong(paths, at, [&](Channels channels) { return (channels & kind->channels) == 0; });
    if (!wrong) continue;
    context.Report(fmt::format("action '{}' ({}) works for {}, but contacts of {} reach it: {}",
                               action->id, action->type, ChannelNames(kind->channels),
                               ChannelNames(*wrong), paths.Way(at, *wrong)),
                   action->offset, "they take its error branch every time");
  }
}

void AudioForChat(LintContext& context) {
  if (!AnyComparesChannel(context)) return;
  const Paths paths = ChannelPaths(context);
  for (const Action* action : context.Actions()) {
    const bool audio = action->parameters.Has("PromptId") || action->parameters.Has("Media") ||
                       action->parameters.Has("SSML");
    if (!action->Is("MessageParticipant") || !audio) continue;
    const std::size_t at = context.IndexOf(*action);
    const std::optional<Channels> chat =
        FindWrong(paths, at, [](Channels channels) { return channels == kChat; });
    if (!chat) continue;
    context.Report(fmt::format("action '{}' plays audio, which a chat cannot: {}", action->id,
                               paths.Way(at, *chat)),
                   action->offset, "write it as 'Text'");
  }
}

}  // namespace trunkline::flow::lint
