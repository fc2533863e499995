// $now, $millis, $fromMillis, $toMillis. The time stands still during an evaluation.
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/time_picture.h"
#include "cloud/services/stepfunctions/jsonata/times.h"

namespace trunkline::cloud::jsonata {
namespace {

double NowOf(Evaluator& evaluator) {
  return static_cast<double>(evaluator.world().now.time_since_epoch().count());
}

Outcome<Value> Write(Evaluator& evaluator, double millis, const Value& picture, const Value& zone) {
  TL_TRY(std::string text, FormatTime(millis, picture.IsText() ? picture.AsText() : kIsoPicture,
                                      zone.IsText() ? std::optional(zone.AsText()) : std::nullopt));
  return evaluator.MakeText(std::move(text));
}

Outcome<Value> Now(Evaluator& evaluator, Arguments arguments) {
  return Write(evaluator, NowOf(evaluator), arguments[0], arguments[1]);
}

Outcome<Value> Millis(Evaluator& evaluator, Arguments) {
  return Value::Number(NowOf(evaluator));
}

Outcome<Value> FromMillis(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Write(evaluator, arguments[0].AsNumber(), arguments[1], arguments[2]);
}

Outcome<Value> ToMillis(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  const std::string_view text = arguments[0].AsText();
  if (!arguments[1].IsText()) {
    TL_TRY(const double millis, ReadIsoTime(text));
    return Value::Number(millis);
  }
  TL_TRY(const std::optional<double> millis,
         ReadTime(text, arguments[1].AsText(), NowOf(evaluator), evaluator.steps()));
  return millis ? Value::Number(*millis) : Value();
}

constexpr Builtin kRows[] = {
    {.name = "fromMillis", .signature = "<n-s?s?:s>", .arity = 3, .call = FromMillis},
    {.name = "millis", .signature = "<:n>", .arity = 0, .call = Millis},
    {.name = "now", .signature = "<s?s?:s>", .arity = 2, .call = Now},
    {.name = "toMillis", .signature = "<s-s?:n>", .arity = 2, .call = ToMillis},
};

}  // namespace

constinit const std::span<const Builtin> kTimeBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
