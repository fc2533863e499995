// Answers: what functions, bots and callers could say that makes a difference to the flows: the
// values that conditions compare with, found in the flows themselves.
//
// A value is followed through attributes that are set to it and nothing else. What is read but
// never compared gets one value: a resource where a resource is named, else its own name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "sim/explore/flow_map.h"
#include "sim/rehearsal.h"

namespace trunkline::sim {

struct FunctionReply {
  json::Object payload;
  std::string words;  // of what is compared: "tier is 'gold'"; empty when nothing is
};

// Also what contacts begin with: attributes are a payload, too.
struct FunctionReplies {
  std::vector<FunctionReply> replies;
  bool complete = true;  // false: values were combined one by one, not all with all
};

struct BotReply {
  std::string intent;  // "FallbackIntent": nothing was understood
  json::Object slots, session_attributes;
  std::string words;  // as above, of slots and session attributes
};

struct BotReplies {
  std::vector<BotReply> replies;
  bool complete = true;  // as above
};

class Answers {
 public:
  // All of them outlive it.
  Answers(const World& world, const FlowMap& map, const StandIns& stand_ins);

  // Of the function that the action at a place invokes. What stands in for it is answered, too.
  FunctionReplies OfFunction(std::size_t place, const InvokeLambda& invoked) const;
  BotReplies OfBot(std::size_t place) const;
  // What contacts that begin at a place can begin with: user attributes that are read behind it and
  // set by nobody there. The first is without any of them; `given` stay as they are.
  FunctionReplies OfEntry(std::size_t place, const json::Object& given) const;
  // What a caller could type whose keys are stored; made of digits only.
  std::vector<std::string> OfCaller() const;

 private:
  using Values = std::vector<std::string>;
  struct Asked {  // a reference that is read, and what it could be
    std::string reference;
    Values values;
    bool compared = false;
  };

  void Learn(const flow::Action& action);
  void LearnParameters(const json::Object& parameters);
  void LearnAssignments(const json::Object& assigned, std::string_view root);
  // The reference and the attributes that are set to it.
  std::vector<std::string> NamesOf(const std::string& reference) const;
  Asked Ask(const std::string& reference) const;
  std::string Placeholder(const std::string& reference, const Values& names) const;
  // What is read below `root` behind the action at a place, until another action of its type.
  std::vector<Asked> AskedBehind(std::size_t place, std::string_view root) const;
  // User attributes that are read from the place on, and neither set there nor given.
  std::vector<Asked> AskedFrom(std::size_t place, const json::Object& given) const;
  std::vector<std::string> IntentsAt(std::size_t place) const;
  const json::Object* BaseOf(const InvokeLambda& invoked) const;

  const World& world_;
  const FlowMap& map_;
  std::map<std::string, std::vector<const flow::Action*>> compared_;
  std::map<std::string, Values> aliases_;
  std::map<std::string, Values> used_as_;      // names of parameters that are this and nothing else
  std::map<std::string, json::Object> bases_;  // by function: what stands in for it answers
};

}  // namespace trunkline::sim
