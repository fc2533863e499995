// Transcript: a call as a script that people read: who said what, when, in which flow; and what
// happened between.
//
// A host notes every event it gives to a contact and every effect it gets back. Keys of a secret
// input are masked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "sim/effect.h"
#include "sim/event.h"

namespace trunkline::sim {

// kSystem: a prompt; kBot: a bot's message; kAgent: what the agent hears (whispers); kNote: what
// happened.
enum class Speaker { kSystem, kBot, kCaller, kAgent, kNote, kWarning };
std::string_view ToText(Speaker speaker);  // "system", "bot", "caller", "agent", "note", "warning"

struct TranscriptLine {
  TimePoint at;
  Speaker speaker = Speaker::kNote;
  std::string text;
  std::string flow, action;  // where it comes from; empty outside of a flow
};

struct Transcript {
  TimePoint began;
  std::vector<TranscriptLine> lines;
  std::string queue;    // the queue the contact was put into last
  std::string intent;   // what the last bot understood
  std::string end;      // why the contact ended
  bool secret = false;  // the keys asked for now are masked
};

// An event the contact is given while its clock shows `at`.
void Note(Transcript& transcript, TimePoint at, const Event& event);
void Note(Transcript& transcript, const Effect& effect);

// One line a piece: "00:03  caller   sales".
std::string ToText(const Transcript& transcript);
std::string ToText(const Transcript& transcript, const TranscriptLine& line);

// {Began, Queue, Intent, End, Lines: [{At, Speaker, Text, Flow, Action}]}; times as ISO 8601.
json::Object ToJson(const Transcript& transcript);
Result<Transcript> TranscriptFromJson(const json::Object& object);

}  // namespace trunkline::sim
