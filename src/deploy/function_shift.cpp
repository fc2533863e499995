#include "deploy/function_shift.h"

#include <algorithm>

#include "deploy/alarms.h"
#include "deploy/function_delivery.h"
#include "deploy/long_run.h"
#include "deploy/restore.h"
#include "net/timers.h"

namespace trunkline::deploy {
namespace {

// How often the wish to stop, and the alarms, are looked at.
constexpr Milliseconds kTick{1000};
constexpr Milliseconds kLook{15'000};

// What nobody can say right now may be said at the next look.
bool MayPass(const Error& error) {
  return error.kind() == ErrorKind::kThrottled || error.kind() == ErrorKind::kUnreached;
}

class CallerShift {
 public:
  CallerShift(Session& session, Callers before, ShiftOrder order)
      : session_(session),
        before_(std::move(before)),
        now_(before_),
        order_(std::move(order)),
        function_(session.target.Qualified(order_.function)) {}

  net::aw<Result<void>> Run() {
    Result<void> shifted = co_await Shift();
    if (shifted || taken_over_) co_return shifted;
    co_return co_await PutBack(std::move(shifted).error());
  }

  // Everybody has the old version again, and the hash that was recorded for it.
  net::aw<Result<void>> PutBack(Error why) {
    Undo undo{.kind = "function",
              .name = order_.function,
              .before = {{"version", before_.version}, {"hash", RecordedHash()}}};
    const Result<void> restored = co_await RestorePatiently(session_, std::move(undo));
    const std::string had =
        fmt::format("version {} had {} % of the calls", now_.next, now_.percent);
    if (!restored) {
      co_return Error(why.kind(),
                      "{}; and callers could not be put back onto version {} ({}): {}; deliver "
                      "again, or run 'aws lambda update-alias --function-name {} --name {} "
                      "--function-version {} --routing-config AdditionalVersionWeights={{}}'",
                      why.message(), before_.version, restored.error().message(), had, function_,
                      kLiveAlias, before_.version);
    }
    co_return Error(why.kind(), "{}: all callers of function '{}' have version {} again{}; {}",
                    why.message(), order_.function, before_.version,
                    now_.next.empty() ? "" : ", " + had, todo_);
  }

 private:
  net::aw<Result<void>> Shift() {
    TL_CO_DO(co_await ForgetHash());
    for (const int percent : StepsLeft()) TL_CO_DO(co_await Step(percent));
    Callers all;
    all.version = order_.version;
    co_return co_await Move(std::move(all));
  }

  std::string RecordedHash() const {
    const LiveResource* there = session_.live.Find("function", order_.function);
    return there == nullptr ? "" : there->Tag(kHashTag);
  }

  net::aw<Result<void>> ForgetHash() {
    if (RecordedHash().empty()) co_return Result<void>();
    std::string arn = FunctionArn(session_.target, order_.function);
    arn.resize(arn.rfind(':'));  // tags belong to the function
    json::Object untag{{"Resource", arn}, {"TagKeys", json::Array{kHashTag}}};
    TL_CO_DO(co_await session_.Call("lambda", "UntagResource", std::move(untag)));
    co_return Result<void>();
  }

  // From the share that an interrupted run came to; at least one step, so that it is looked at.
  std::vector<int> StepsLeft() const {
    std::vector<int> steps = order_.shift.Steps();
    if (before_.next != order_.version) return steps;
    std::erase_if(steps, [&](int percent) { return percent < before_.percent; });
    if (steps.empty()) steps.push_back(before_.percent);
    return steps;
  }

  net::aw<Result<void>> Step(int percent) {
    const bool goes_on = now_.next == order_.version && now_.percent == percent;
    Callers wanted;
    wanted.version = before_.version;
    wanted.next = order_.version;
    wanted.percent = percent;
    if (!goes_on) TL_CO_DO(co_await Move(std::move(wanted)));
    Tell(fmt::format("version {} has {} % of the calls for {}{}", order_.version, percent,
                     ToDurationText(order_.shift.interval),
                     goes_on ? ", from where a delivery was interrupted" : ""));
    co_return co_await Watch();
  }

  net::aw<Result<void>> Move(Callers wanted) {
    wanted.revision = now_.revision;
    json::Object input = AliasInput(function_, wanted);
    const Result<json::Object> moved =
        co_await session_.Call("lambda", "UpdateAlias", std::move(input));
    if (moved) {
      now_ = std::move(wanted);
      now_.revision = moved->GetString("RevisionId");
      co_return Result<void>();
    }
    if (moved.error().code() != "PreconditionFailedException") co_return moved.error();
    // Of a call whose answer was lost, the repetition finds what it wants.
    TL_CO_TRY(Callers there, co_await ReadCallers(session_, function_));
    taken_over_ = !there.SameAs(wanted);
    now_ = std::move(there);
    if (!taken_over_) co_return Result<void>();
    co_return Error(ErrorKind::kConflict,
                    "somebody else changed alias '{}' of function '{}' while its callers were "
                    "shifted to version {}; it is left as it is, with version {}; deliver again "
                    "when they are done",
                    kLiveAlias, function_, order_.version, now_.version);
  }

  // One step's time.
  net::aw<Result<void>> Watch() {
    const Waiting waiting(session_.run);
    Milliseconds since_look{0};
    for (Milliseconds left = order_.shift.interval; left.count() > 0;) {
      const Milliseconds tick = std::min(kTick, left);
      co_await session_.world.timers.Wait(tick);
      left -= tick;
      since_look += tick;
      if (session_.run != nullptr && session_.run->ShouldStop()) {
        todo_ = "deliver again";
        co_return Error(ErrorKind::kConflict, "the delivery was stopped");
      }
      if (since_look < kLook || left.count() == 0) continue;
      since_look = Milliseconds(0);
      Result<void> quiet = co_await CheckAlarms(session_, order_.shift.alarms);
      if (!quiet && !MayPass(quiet.error())) co_return quiet;
    }
    co_return co_await LookWell();
  }

  // Before more callers get it, everything must be known to be well.
  net::aw<Result<void>> LookWell() {
    TL_CO_DO(co_await CheckAlarms(session_, order_.shift.alarms));
    json::Object input{{"FunctionName", function_}, {"Qualifier", order_.version}};
    TL_CO_TRY(const json::Object version,
              co_await session_.Call("lambda", "GetFunctionConfiguration", std::move(input)));
    if (version.GetString("State") != "Failed") co_return Result<void>();
    co_return Error(ErrorKind::kConflict, "Lambda cannot run version {} of function '{}' ({})",
                    order_.version, function_, version.GetString("StateReason", "no reason given"));
  }

  void Tell(const std::string& what) {
    if (session_.run != nullptr) session_.run->Tell("function:" + order_.function, what);
  }

  Session& session_;
  const Callers before_;
  Callers now_;
  const ShiftOrder order_;
  const std::string function_;  // its name in AWS
  std::string todo_ = "deliver it again when that is mended";
  bool taken_over_ = false;
};

void TellAtOnce(Session& session, const ShiftOrder& order, std::string_view why) {
  if (session.run == nullptr) return;
  session.run->Tell("function:" + order.function,
                    fmt::format("version {} has all calls at once: {}", order.version, why));
}

}  // namespace

net::aw<Result<Callers>> ReadBeforeShift(Session& session, ShiftOrder order) {
  TL_CO_TRY(Callers before,
            co_await ReadCallers(session, session.target.Qualified(order.function)));
  if (before.version.empty()) co_return before;
  Result<void> quiet = co_await CheckAlarms(session, order.shift.alarms);
  if (quiet) co_return before;
  if (before.next.empty()) {
    const Error& why = quiet.error();
    co_return Error(why.kind(),
                    "{}; function '{}' was not touched: deliver it when that is over, or with type "
                    "'AllAtOnce' if this delivery mends it",
                    why.message(), order.function);
  }
  order.version = before.next;
  CallerShift interrupted(session, std::move(before), std::move(order));
  const Result<void> put_back = co_await interrupted.PutBack(std::move(quiet).error());
  co_return put_back.error();
}

net::aw<Result<std::string>> FindShifted(Session& session, Callers before, std::string function,
                                         std::string hash) {
  const LiveResource* there = session.live.Find("function", function);
  if (there == nullptr || !there->Tag(kHashTag).empty()) co_return std::string();
  const std::vector<std::string> versions{before.next, before.version};
  for (const std::string& version : versions) {
    if (version.empty()) continue;
    json::Object input{{"FunctionName", session.target.Qualified(function)},
                       {"Qualifier", version}};
    TL_CO_TRY(const json::Object published,
              co_await session.Call("lambda", "GetFunctionConfiguration", std::move(input)));
    if (published.GetString("Description") == VersionDescription(hash)) co_return version;
  }
  co_return std::string();
}

net::aw<Result<void>> ShiftCallers(Session& session, Callers before, ShiftOrder order) {
  const std::string function = session.target.Qualified(order.function);
  const bool first = before.version.empty();
  // An alias that leads to $LATEST gave everybody the new code already, and takes no weights.
  if (first || before.version == order.version || before.version == "$LATEST") {
    if (first) TellAtOnce(session, order, "it is the first");
    co_return co_await GiveAllCalls(session, function, order.version);
  }
  CallerShift shift(session, std::move(before), std::move(order));
  co_return co_await shift.Run();
}

}  // namespace trunkline::deploy
