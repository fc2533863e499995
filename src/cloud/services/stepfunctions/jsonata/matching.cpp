#include "cloud/services/stepfunctions/jsonata/matching.h"

#include "cloud/services/stepfunctions/jsonata/nodes.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

const FunctionNode* RegexOf(const Value& matcher) {
  const FunctionNode* function = matcher.function();
  while (function != nullptr && function->type == FunctionNode::Type::kPassed) {
    function = function->inner.function();
  }
  const bool is_regex = function != nullptr && function->type == FunctionNode::Type::kRegex;
  return is_regex ? function : nullptr;
}

std::size_t PlaceIn(std::string_view text, const Value& units) {
  const bool good = units.IsNumber() && units.AsNumber() > 0;
  return good ? OffsetOfUtf16(text, static_cast<std::size_t>(units.AsNumber())) : 0;
}

}  // namespace

Matches::Matches(Evaluator& evaluator, const Value& matcher, const Value& text)
    : evaluator_(evaluator), matcher_(matcher), text_(text), regex_(RegexOf(matcher)) {}

Outcome<bool> Matches::Next() {
  Outcome<bool> more = regex_ != nullptr ? NextOfRegex() : NextOfFunction();
  first_ = false;
  return more;
}

Outcome<bool> Matches::NextOfRegex() {
  const std::string_view bytes = text();
  if (!first_ && end_ >= bytes.size()) return false;
  TL_TRY(const std::optional<Regex::Match> match,
         regex_->node->regex->Search(bytes, end_, evaluator_.steps()));
  if (!match) return false;
  start_ = match->whole.start;
  end_ = match->whole.end;
  if (!first_ && start_ == end_) return Failure("D1004").At(regex_->node->position);
  units_ += Utf16Length(bytes.substr(counted_, start_ - counted_));
  counted_ = start_;
  match_ = bytes.substr(start_, end_ - start_);
  groups_.clear();
  for (const std::optional<Regex::Span>& group : match->groups) {
    groups_.push_back(
        group ? Value::Text(std::string(bytes.substr(group->start, group->end - group->start)))
              : Value());
  }
  return true;
}

Outcome<bool> Matches::NextOfFunction() {
  std::vector<Value> arguments;
  Value function = matcher_;
  if (first_) {
    arguments.push_back(text_);
  } else {
    function = object_.Find("next");
    if (!function.IsFunction()) return false;
  }
  TL_TRY(object_, evaluator_.Call(function, std::move(arguments)));
  if (object_.IsUndefined()) return false;
  const Value start = object_.IsObject() ? object_.Find("start") : Value();
  const bool good =
      object_.IsObject() && (start.IsNumber() || object_.Find("end").IsNumber() ||
                             object_.Find("groups").IsArray() || object_.Find("next").IsFunction());
  if (!good) return Failure("T1010");
  const Value match = object_.Find("match");
  match_ = match.IsText() ? std::string(match.AsText()) : std::string();
  start_ = PlaceIn(text(), start);
  end_ = PlaceIn(text(), object_.Find("end"));
  const Value groups = object_.Find("groups");
  groups_ = groups.IsArray() ? groups.Items() : std::vector<Value>();
  return true;
}

Value Matches::Object() const {
  if (regex_ == nullptr) return object_;
  auto* object = new ObjectNode();
  Value result = Value::Object(object);
  object->Set("match", Value::Text(match_));
  object->Set("start", Value::Number(static_cast<double>(units_)));
  object->Set("end", Value::Number(static_cast<double>(units_ + Utf16Length(match_))));
  object->Set("groups", Value::Array(groups_));
  return result;
}

}  // namespace trunkline::cloud::jsonata
