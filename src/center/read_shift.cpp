#include "center/read_shift.h"

#include <array>
#include <cmath>

namespace trunkline::center {
namespace {

constexpr Range kPercentRange{1, 99};
constexpr Range kMinutesRange{0.01, 360};
constexpr Range kAlarmsRange{1, 10};
constexpr Range kAlarmNameRange{1, 255};

constexpr auto kTypes = [] {
  std::array<std::string_view, std::size(kShiftTypes)> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kShiftTypes[i].name;
  return names;
}();

constexpr Field kAlarm{.kind = Kind::kString, .range = &kAlarmNameRange};
class ShiftReader {
 public:
  ShiftReader(Source& source, const json::Value& value)
      : source_(source), value_(value), object_(value.AsObject()) {}

  std::optional<Shift> Read() {
    const bool has_numbers = object_.Has("percent") || object_.Has("minutes");
    const std::string_view type = object_.GetString("type", has_numbers ? "Canary" : "");
    if (type.empty()) {
      Say(value_,
          "expected 'deploymentPreference' to say how: a 'type', or 'percent' and 'minutes'",
          "such as \"type\": \"Canary10Percent5Minutes\"");
      return std::nullopt;
    }
    std::optional<Shift> shift = ShiftOfType(type);
    if (!shift) return std::nullopt;  // said by the shape
    if (shift->own ? !TakeNumbers(*shift) : !HasNoNumbers(*shift)) return std::nullopt;
    shift->alarms = source_.GetList(object_, "alarms");
    shift->place = source_.PlaceOf(value_);
    return Fits(*shift) ? shift : std::nullopt;
  }

 private:
  void Say(const json::Value& value, std::string message, std::string hint) {
    source_.Say(Severity::kError, "TL-C020", source_.PlaceOf(value), std::move(message),
                std::move(hint));
  }

  bool TakeNumbers(Shift& shift) {
    for (const std::string_view name : {"percent", "minutes"}) {
      const json::Value* number = object_.Find(name);
      if (number == nullptr) {
        source_.Say(Severity::kError, "TL-C020", source_.PlaceOf(value_),
                    fmt::format("member '{}' is missing", name),
                    fmt::format("type '{}' needs 'percent' and 'minutes'", shift.type));
        return false;
      }
      if (!number->IsNumber()) return false;  // said by the shape
    }
    const double minutes = object_.GetDouble("minutes");
    shift.percent = static_cast<int>(object_.GetInt("percent"));
    // What is out of range was said by the shape.
    if (shift.percent < kPercentRange.min || minutes < kMinutesRange.min) return false;
    shift.interval = Milliseconds(std::llround(minutes * 60'000));
    return true;
  }

  bool HasNoNumbers(const Shift& shift) {
    for (const std::string_view name : {"percent", "minutes"}) {
      const json::Value* number = object_.Find(name);
      if (number == nullptr) continue;
      Say(*number, fmt::format("'{}' is what type '{}' says already", name, shift.type),
          "leave it out, or choose type 'Canary' or 'Linear'");
      return false;
    }
    return true;
  }

  bool Fits(const Shift& shift) {
    if (shift.AtOnce() && !shift.alarms.empty()) {
      Say(object_.At("alarms"),
          fmt::format("with type '{}' nobody has the time to look at alarms", shift.type),
          "leave them out, or choose a type that takes time");
      return false;
    }
    if (shift.Duration() <= kLongestShift) return true;
    Say(value_,
        fmt::format("expected the shift to take at most {} but it takes {}",
                    ToDurationText(kLongestShift), ToDurationText(shift.Duration())),
        "choose fewer or shorter steps");
    return false;
  }

  Source& source_;
  const json::Value& value_;
  const json::Object& object_;
};

}  // namespace

constinit const Field kShiftMembers[4] = {
    {.name = "type",
     .summary = "As AWS SAM names it; 'Canary' and 'Linear' take 'percent' and 'minutes'.",
     .one_of = kTypes},
    {.name = "percent",
     .summary = "The share of calls that the new version gets first, and 'Linear' adds each time.",
     .kind = Kind::kInteger,
     .range = &kPercentRange},
    {.name = "minutes",
     .summary = "The time from one step to the next, also a fraction of a minute.",
     .kind = Kind::kNumber,
     .range = &kMinutesRange},
    {.name = "alarms",
     .summary = "Names of CloudWatch alarms: one in ALARM puts callers back onto the old version.",
     .kind = Kind::kList,
     .range = &kAlarmsRange,
     .element = &kAlarm},
};

constinit const Field kShift{.kind = Kind::kObject, .members = kShiftMembers};

std::optional<Shift> ReadShift(Source& source, const json::Value& value) {
  if (!value.IsObject()) return std::nullopt;  // said by the shape
  return ShiftReader(source, value).Read();
}

}  // namespace trunkline::center
