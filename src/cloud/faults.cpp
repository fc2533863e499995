#include "cloud/faults.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/errors.h"

namespace trunkline::cloud {
namespace {

constexpr Kind kFault{"cloud", "fault"};
constexpr std::size_t kMostFaults = 1000;
constexpr std::string_view kEvery = "*";
constexpr std::string_view kMet = "met";
constexpr std::string_view kPassed = "passed";  // of "after": kept, not shown

// Operations whose work ends later, and how it can end badly.
struct Ending {
  std::string_view operation;
  std::string_view status;
};
constexpr std::array kEndings = {Ending{"connect:CreateInstance", "CREATION_FAILED"}};

// ---- what a user asks for

struct Member {
  std::string_view name;
  bool is_text;
};
constexpr std::array kMembers = {
    Member{"operation", true}, Member{"error", true},   Member{"ends", true},
    Member{"message", true},   Member{"status", false}, Member{"account", true},
    Member{"region", true},    Member{"after", false},  Member{"times", false}};

Result<void> CheckMembers(const json::Object& wanted) {
  for (const json::Member& member : wanted) {
    const auto* const known = std::ranges::find(kMembers, member.key, &Member::name);
    if (known == kMembers.end()) {
      std::vector<std::string> names;
      for (const Member& one : kMembers) names.emplace_back(one.name);
      return Error(ErrorKind::kInvalid, "a fault has no member '{}'; expected {}", member.key,
                   Join(names, ", "));
    }
    if (known->is_text ? !member.value.IsString() : !member.value.IsNumber()) {
      return Error(ErrorKind::kInvalid, "expected '{}' to be {} but got {}", member.key,
                   known->is_text ? "a string" : "a number", member.value.TypeName());
    }
    if (!known->is_text && member.value.AsInt() < 0)
      return Error(ErrorKind::kInvalid, "expected '{}' from 0", member.key);
  }
  return {};
}

struct Named {
  const aws::Model* model = nullptr;
  const aws::OperationRow* row = nullptr;  // null: every operation of the service
};

Result<Named> ReadOperation(const Dispatch& dispatch, std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view service = text.substr(0, colon);
  if (colon == std::string_view::npos || !dispatch.FindService(service)) {
    return Error(ErrorKind::kInvalid,
                 "expected an operation such as 'connect:CreateInstance', or 'connect:*', but got "
                 "'{}'; GET /_trunkline/services lists the services",
                 text);
  }
  Named named{.model = dispatch.models().Find(service)};
  const std::string_view operation = text.substr(colon + 1);
  if (operation == kEvery) return named;
  named.row = named.model->FindOperation(operation);
  if (named.row && dispatch.FindHandler(service, operation)) return named;
  std::vector<std::string> known;
  for (const aws::OperationRow& row : named.model->operations) known.push_back(row.name);
  const auto nearest = Nearest(operation, known);
  return Error(ErrorKind::kInvalid, "service '{}' has no operation '{}' here{}", service, operation,
               nearest ? fmt::format("; did you mean '{}'?", *nearest) : "");
}

// Clients know only the errors that the model names.
Result<void> CheckCode(const Named& named, std::string_view code) {
  const aws::Model& model = *named.model;
  const bool known =
      named.row ? IsModelled(model, *named.row, code)
                : model.FindError(code) || IsModelled(model, model.operations.front(), code);
  if (known) return {};
  std::vector<std::string> names;
  if (named.row) {
    for (const aws::ErrorRow* row : named.row->errors) names.push_back(row->code);
  } else {
    for (const auto& [name, row] : model.errors) names.push_back(row.code);
  }
  return Error(ErrorKind::kInvalid, "'{}' is no error of this operation: it has {}", code,
               Join(names, ", "));
}

Result<void> CheckEnding(const json::Object& wanted) {
  const auto* const ending =
      std::ranges::find(kEndings, wanted.GetString("operation"), &Ending::operation);
  if (ending != kEndings.end() && ending->status == wanted.GetString("ends")) return {};
  std::vector<std::string> known;
  for (const Ending& one : kEndings)
    known.push_back(fmt::format("{} of {}", one.status, one.operation));
  return Error(ErrorKind::kInvalid, "'{}' is no end of '{}'; there is {}", wanted.GetString("ends"),
               wanted.GetString("operation"), Join(known, ", "));
}

Result<void> Check(const Engine& engine, const json::Object& wanted) {
  TL_DO(CheckMembers(wanted));
  TL_TRY(const Named named, ReadOperation(engine.dispatch, wanted.GetString("operation")));
  if (wanted.Has("error") == wanted.Has("ends"))
    return Error(ErrorKind::kInvalid, "expected either 'error', a code, or 'ends', a status");
  const std::int64_t status = wanted.GetInt("status", 400);
  if (status < 400 || status > 599)
    return Error(ErrorKind::kInvalid, "expected 'status' from 400 to 599 but got {}", status);
  if (wanted.Has("ends")) return CheckEnding(wanted);
  return CheckCode(named, wanted.GetString("error"));
}

// ---- what is kept

json::Object Shown(const Record& record) {
  json::Object shown{{"id", record.id}};
  for (const json::Member& member : record.body) {
    if (member.key != kPassed) shown.Set(member.key, member.value);
  }
  return shown;
}

bool Concerns(const json::Object& fault, const Caller& caller, std::string_view region,
              std::string_view service, std::string_view operation) {
  const auto is = [&](std::string_view member, std::string_view value) {
    return fault.GetString(member, value) == value;
  };
  if (!is("account", caller.account) || !is("region", region)) return false;
  const std::string_view named = fault.GetString("operation");
  const std::size_t colon = named.find(':');
  return named.substr(0, colon) == service &&
         (named.substr(colon + 1) == kEvery || named.substr(colon + 1) == operation);
}

bool IsSpent(const json::Object& fault) {
  const std::int64_t times = fault.GetInt("times", 1);
  return times != 0 && fault.GetInt(kMet) >= times;
}

// Whether the call meets it; counts what passes before.
bool Take(Store& store, const Record& found) {
  Record record = found;
  const bool passes = record.body.GetInt(kPassed) < record.body.GetInt("after");
  const std::string_view counter = passes ? kPassed : kMet;
  record.body.Set(counter, record.body.GetInt(counter) + 1);
  store.Put(Context::GlobalScope(), kFault, std::move(record));
  return !passes;
}

std::string TextOf(const json::Object& fault) {
  return std::string(fault.GetString("message", "a fault that was armed for this call"));
}

}  // namespace

Result<json::Object> ArmFault(Engine& engine, const json::Object& wanted) {
  TL_DO(Check(engine, wanted));
  const auto present = engine.store.List(Context::GlobalScope(), kFault);
  if (present.size() >= kMostFaults)
    return Error(ErrorKind::kConflict, "there are {} faults: take some away", kMostFaults);
  const std::int64_t number = present.empty() ? 1 : ToInt(present.back()->name).value_or(0) + 1;
  Record record{.id = NewUuid(engine.random),
                .parent = {},
                .name = fmt::format("{:020}", number),
                .body = wanted};
  record.body.Set(kMet, 0);
  const json::Object shown = Shown(record);
  TL_TRY(const bool kept, engine.store.Transact([&] {
    engine.store.Put(Context::GlobalScope(), kFault, std::move(record));
    return true;
  }));
  static_cast<void>(kept);
  return shown;
}

json::Array ListFaults(Engine& engine) {
  json::Array all;
  for (const Record* record : engine.store.List(Context::GlobalScope(), kFault))
    all.emplace_back(Shown(*record));
  return all;
}

Result<bool> DisarmFaults(Engine& engine, std::string_view id) {
  std::vector<std::string> ids;
  for (const Record* record : engine.store.List(Context::GlobalScope(), kFault)) {
    if (id.empty() || record->id == id) ids.push_back(record->id);
  }
  TL_TRY(const bool gone, engine.store.Transact([&] {
    for (const std::string& one : ids) engine.store.Delete(Context::GlobalScope(), kFault, one);
    return true;
  }));
  return gone && (id.empty() || !ids.empty());
}

Answer<void> MeetFault(Engine& engine, const Caller& caller, std::string_view region,
                       const Route& route) {
  for (const Record* record : engine.store.List(Context::GlobalScope(), kFault)) {
    const json::Object fault = record->body;
    if (fault.Has("ends") || IsSpent(fault) ||
        !Concerns(fault, caller, region, route.model->service, route.row->name)) {
      continue;
    }
    bool met = false;
    TL_TRY(const bool counted, engine.store.Transact([&] {
      met = Take(engine.store, *record);
      return true;
    }));
    if (!counted || !met) continue;
    return ServiceError(fault.GetString("error"), TextOf(fault))
        .WithStatus(static_cast<int>(fault.GetInt("status")));
  }
  return {};
}

std::optional<std::string> TakeBadEnd(Context& context, std::string_view service,
                                      std::string_view operation) {
  for (const Record* record : context.store.List(Context::GlobalScope(), kFault)) {
    const json::Object fault = record->body;
    if (!fault.Has("ends") || IsSpent(fault) ||
        !Concerns(fault, context.caller, context.region, service, operation)) {
      continue;
    }
    if (Take(context.store, *record)) return TextOf(fault);
  }
  return std::nullopt;
}

}  // namespace trunkline::cloud
