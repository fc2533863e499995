#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/matching.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {

// A regular expression is a function: text -> what it matches first, with a function that gives
// what comes next.
Outcome<Value> Evaluator::ApplyRegex(const FunctionNode& function, std::vector<Value> arguments) {
  if (arguments.empty() || !arguments.front().IsText()) return Value();
  // A place to start at may come as second argument: the index, where $map or $filter call.
  std::size_t from = 0;
  if (arguments.size() > 1 && arguments[1].IsNumber() && arguments[1].AsNumber() > 0) {
    const auto units = static_cast<std::size_t>(std::min(arguments[1].AsNumber(), 1e9));
    if (units > Utf16Length(arguments.front().AsText())) return Value();
    from = OffsetOfUtf16(arguments.front().AsText(), units);
  }
  return FindMatch(function, arguments.front(), from);
}

Outcome<Value> Evaluator::FindMatch(const FunctionNode& function, const Value& text,
                                    std::size_t from) {
  const bool is_next = function.type == FunctionNode::Type::kNextMatch;
  const std::string_view bytes = text.AsText();
  if (is_next && from >= bytes.size()) return Value();
  TL_TRY(const std::optional<Regex::Match> match,
         function.node->regex->Search(bytes, from, steps_));
  if (!match) return Value();
  const Regex::Span whole = match->whole;
  if (!Spend(whole.end / 64)) return TimeExceeded();  // for its places in UTF-16
  if (is_next && whole.start == whole.end) {
    return Failure("D1004").At(function.node->position);
  }
  const auto part = [&](Regex::Span span) {
    return Value::Text(std::string(bytes.substr(span.start, span.end - span.start)));
  };
  const auto place = [&](std::size_t offset) {
    return Value::Number(static_cast<double>(Utf16Length(bytes.substr(0, offset))));
  };
  std::vector<Value> groups;
  for (const std::optional<Regex::Span>& group : match->groups) {
    groups.push_back(group ? part(*group) : Value());
  }
  auto* next = new FunctionNode();
  const Value next_function = Value::Function(next);
  next->type = FunctionNode::Type::kNextMatch;
  next->node = function.node;
  next->text = text;
  next->from = whole.end;
  auto* object = new ObjectNode();
  Value result = Value::Object(object);
  object->Set("match", part(whole));
  object->Set("start", place(whole.start));
  object->Set("end", place(whole.end));
  object->Set("groups", Value::Array(std::move(groups)));
  object->Set("next", next_function);
  return result;
}

}  // namespace trunkline::cloud::jsonata
