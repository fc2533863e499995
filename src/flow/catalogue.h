// The catalogue: one table of every action type of the flow language. Validator, linter, symbol
// finder and interpreter read it; nothing else knows what a type's parameters, branches and flow
// types are.
//
// Rows live in catalogue/<family>.cpp. Facts carry their evidence, because the published reference
// and the service disagree in places: `strict` judges by the documentation, `observed` by what the
// live service was seen to take.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::flow {

// From the strongest to the weakest.
enum class Evidence {
  kDocumented,  // the developer or administrator guide says so
  kObserved,    // seen on the live service or in console exports
  kUnverified,  // third-party code only
};

enum class Category { kContact, kParticipant, kFlowControl, kInteraction };

// What may stand where a value stands.
enum class ValueKind {
  kStatic,        // text only
  kStaticOrPath,  // text, or one reference as the whole value
  kDynamic,       // text with references anywhere in it
  kPath,          // one reference as the whole value
};

enum class ValueType {
  kText,
  kInteger,   // decimal digits in a string
  kNumber,    // the same with a decimal point
  kBoolean,   // "True", "true", "TRUE" and their opposites
  kWord,      // one of `words`
  kTextList,  // array of text
  kMap,       // object: any key -> text; with `members` any key -> such an object
  kObject,    // object with `members`
  kObjectList,
  kJson,  // any JSON; its texts may hold references
};

// What a value names. Each kind is a namespace of its own: a queue and a flow may share a name.
enum class ResourceKind {
  kNone,
  kQueue,
  kFlow,
  kModule,
  kPrompt,
  kHours,
  kLambda,
  kBot,  // the ARN of a Lex V2 bot alias
  kUser,
  kView,
  kNumber,
  kCaseTemplate,
  kTaskTemplate,
  kAssistant,
  kDataTable,
};
std::string_view ToText(
    ResourceKind kind);  // as symbols spell it: "queue", "hours", "case-template", ...
std::optional<ResourceKind> ResourceKindOf(std::string_view word);
std::span<const ResourceKind> AllResourceKinds();  // without kNone

// How a parameter spells the resource it names.
enum class ReferenceForm {
  kArn,     // ARN; ids are taken too where the service says so
  kId,      // id only
  kNumber,  // phone number, E.164
};

enum class Need {
  kOptional,
  kRequired,
  kRequiredStrict,  // the documentation demands it, the live service does not
};

enum class Standing {
  kNormal,
  kDocumentedOnly,  // in the documentation, refused by the live service
  kExportedOnly,    // in console exports, reported refused by the API
};

// A condition on an action's parameters, with its words for messages ("'StoreInput' is 'True'").
// Without a function it always holds.
struct When {
  bool (*test)(const json::Object& parameters) = nullptr;
  std::string_view words;

  bool Holds(const json::Object& parameters) const { return test == nullptr || test(parameters); }
};

// A group of parameters, or of a map's keys, of which some number must be there.
struct ParameterGroup {
  enum class Count { kExactlyOne, kAtMostOne, kAtLeastOne };
  std::span<const std::string_view> names;
  Count count = Count::kExactlyOne;
  When when;
  Need need = Need::kRequired;  // kRequiredStrict: the live service was seen to take other numbers
};

// The channels of contacts, as bits.
using Channels = std::uint8_t;
inline constexpr Channels kVoice = 1 << 0;
inline constexpr Channels kChat = 1 << 1;
inline constexpr Channels kTask = 1 << 2;
inline constexpr Channels kEmail = 1 << 3;
inline constexpr Channels kEveryChannel = kVoice | kChat | kTask | kEmail;

struct Parameter;
using Parameters = std::span<const Parameter>;

struct Parameter {
  std::string_view name;
  ValueType type = ValueType::kText;
  ValueKind value = ValueKind::kStatic;
  Need need = Need::kOptional;
  ResourceKind reference = ResourceKind::kNone;  // of a map: what its values name
  ReferenceForm form = ReferenceForm::kArn;
  std::int64_t minimum =
      std::numeric_limits<std::int64_t>::min();  // of kInteger, kNumber; entries of kMap, kTextList
                                                 // and kObjectList; bytes of a static kText
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();  // the same
  std::span<const std::string_view> words;  // of kWord, kTextList; the keys of a kMap
  std::string_view characters;              // of a static kText: no others; empty = all
  const Parameter* first_member = nullptr;  // of kObject, kObjectList, kMap
  std::size_t member_count = 0;
  std::span<const ParameterGroup> groups;  // among the members, or the keys of a kMap
  When when;                               // where it does not hold, the parameter is refused
  Standing standing = Standing::kNormal;
  bool strict_form = false;  // the service may take more than this form: judged in strict mode only
  Channels channels = kEveryChannel;          // of the action's: where it has an effect
  Evidence evidence = Evidence::kDocumented;  // the action's own where that is weaker: EvidenceOf

  std::span<const Parameter> members() const { return {first_member, member_count}; }
};

struct ErrorRule {
  std::string_view type;
  Need need = Need::kRequired;
  When when;  // where it does not hold, the branch is refused
};

// The results an action can have, as its Conditions may compare them.
struct ResultRule {
  std::span<const std::string_view> operators;
  std::span<const std::string_view> words;  // operands; empty = any text
  bool all_words = false;                   // one condition for every word is needed
  bool required = false;                    // at least one condition is needed
  bool ascending = false;                   // numbers, each greater than the one before
  When when;
};

enum class Next { kRequired, kOptional, kTerminal };

// Sets of flow types, as bits.
using FlowTypes = std::uint16_t;
inline constexpr FlowTypes kContactFlow = 1 << 0;
inline constexpr FlowTypes kCustomerQueue = 1 << 1;
inline constexpr FlowTypes kCustomerHold = 1 << 2;
inline constexpr FlowTypes kCustomerWhisper = 1 << 3;
inline constexpr FlowTypes kAgentHold = 1 << 4;
inline constexpr FlowTypes kAgentWhisper = 1 << 5;
inline constexpr FlowTypes kOutboundWhisper = 1 << 6;
inline constexpr FlowTypes kAgentTransfer = 1 << 7;
inline constexpr FlowTypes kQueueTransfer = 1 << 8;
inline constexpr FlowTypes kCampaign = 1 << 9;
inline constexpr FlowTypes kModuleType = 1 << 10;
inline constexpr FlowTypes kEveryFlow = (1 << 11) - 1;
inline constexpr FlowTypes kWhispers = kCustomerWhisper | kAgentWhisper | kOutboundWhisper;
inline constexpr FlowTypes kHolds = kCustomerHold | kAgentHold;
inline constexpr FlowTypes kTransfers = kAgentTransfer | kQueueTransfer;
FlowTypes FlowTypeBit(std::string_view type);  // of "CONTACT_FLOW", "MODULE", ...; 0 when unknown
std::string FlowTypeNames(FlowTypes types);    // "CONTACT_FLOW, CUSTOMER_QUEUE"
std::span<const std::string_view> AllFlowTypes();  // the ten of the API, without "MODULE"

struct ActionKind {
  std::string_view name;
  std::string_view summary;  // one sentence
  std::string_view block;    // what the console's flow designer calls it; BlockNames parts several
  Category category = Category::kContact;
  std::span<const Parameter> parameters;
  std::span<const ParameterGroup> groups;
  std::span<const ErrorRule> errors;
  std::span<const ResultRule>
      results;  // the first whose `when` holds counts; none holds: conditions are refused
  Next next = Next::kRequired;
  FlowTypes flow_types = kEveryFlow;  // documented for the action
  FlowTypes more_flow_types = 0;      // the administrator guide or exports add these
  FlowTypes refused_flow_types = 0;   // the live service was seen to refuse these
  Channels channels = kEveryChannel;  // where it does its work; elsewhere it errs or does nothing
  bool open = false;                  // parameters are not all known: unknown ones are accepted
  // What the console's block can do beyond the rows, in a form that nobody documents ("a list to
  // loop over"): parameters for it are warned about, and refused in strict mode only.
  std::string_view undocumented;
  bool waits_for_input = false;  // needs something from outside before it goes on
  Evidence evidence = Evidence::kDocumented;
};

// ASCII, of `Parameter::characters`.
inline constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view kLettersAndDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// nullptr when there is no such type.
const ActionKind* FindActionKind(std::string_view type);
std::vector<const ActionKind*> AllActionKinds();  // by name

// A file of the catalogue: actions about the same thing.
struct ActionFamily {
  std::string_view name;  // "queues and agents"
  std::span<const ActionKind> kinds;
};
std::span<const ActionFamily> AllActionFamilies();

// The console's blocks that write this type. Names begin with a capital letter, so that a comma
// within one is no end: "Check staffing, Check queue status" is two, "Set recording, analytics and
// processing behavior" is one.
std::vector<std::string_view> BlockNames(const ActionKind& kind);

// For names that look like action types but are none ("PlayPrompt"): what to write instead; empty
// when not known. A name that is only misspelt is found by its nearest type.
std::string SuggestActionType(std::string_view type);

// A row's `characters` for messages: "'0123456789*#'", "letters", "letters and digits".
std::string CharactersInWords(std::string_view characters);

// Of the parameter in this action: the weaker of the two.
Evidence EvidenceOf(const ActionKind& kind, const Parameter& parameter);

// Whether the parameters use what is `undocumented`: branches are then not known either.
bool GoesBeyondTheRows(const ActionKind& kind, const json::Object& parameters);

// The rule for an action's conditions with these parameters; nullptr when conditions are refused.
const ResultRule* FindResultRule(const ActionKind& kind, const json::Object& parameters);

}  // namespace trunkline::flow
