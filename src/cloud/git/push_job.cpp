#include "cloud/git/push_job.h"

#include <utility>

#include "cloud/engine.h"
#include "cloud/git/push_event.h"
#include "cloud/git/push_payload.h"
#include "cloud/git/turns.h"
#include "cloud/job_kinds.h"
#include "cloud/wait.h"

namespace trunkline::cloud {

namespace git {
namespace {

constexpr Kind kPush{"git", "push"};
// More branches than this are not compared with: each costs a record's bytes and git's time.
constexpr std::size_t kMaxKnown = 2000;

json::Array EventsOf(Context& context, const std::vector<RefChange>& changes) {
  json::Array events;
  for (const RefChange& change : changes) {
    events.emplace_back(json::Object{{"Id", NewUuid(context.random)},
                                     {"Ref", change.ref},
                                     {"Before", change.before},
                                     {"After", change.after}});
  }
  return events;
}

PushFacts FactsOf(const json::Object& push, const json::Object& event, Repository repository) {
  PushFacts facts;
  facts.repository = std::move(repository);
  facts.pusher = push.GetString("Pusher");
  facts.at = TimePoint(Milliseconds(push.GetInt("At")));
  facts.event_id = event.GetString("Id");
  facts.change.ref = event.GetString("Ref");
  facts.change.before = event.GetString("Before");
  facts.change.after = event.GetString("After");
  for (const json::Member& member : push.GetObject("Known"))
    facts.known.emplace(member.key, member.value.AsString());
  return facts;
}

// Each listener's part is undone alone, so that one's fault is not the others'.
void Tell(Context& context, const PushEvent& event, Log& log) {
  for (const PushListener* listener : AllPushListeners()) {
    const auto done = context.store.Transact([&] {
      const Answer<void> answer = listener->run(context, event);
      if (!answer) {
        log.Warn("a listener refused the push of '{}' to '{}': {}: {}", event.ref, event.repository,
                 answer.error().code, answer.error().message);
      }
      return answer.ok();
    });
    if (!done) log.Warn("a push of '{}' was not announced: {}", event.ref, done.error().message());
  }
}

// The first event of the record is told and leaves it; with the last one the record goes.
Answer<> TellFirst(Context& context, const std::string& push_id, const PushEvent& event, Log& log) {
  const Record* record = context.store.Find(Context::GlobalScope(), kPush, push_id);
  if (!record) return json::Object();
  Record rest = *record;
  json::Array events = rest.body.GetArray("Events");
  if (events.empty() || events.front().AsObject().GetString("Id") != event.id)
    return json::Object();
  events.erase(events.begin());
  if (events.empty()) {
    context.store.Delete(Context::GlobalScope(), kPush, push_id);
  } else {
    rest.body.Set("Events", std::move(events));
    context.store.Put(Context::GlobalScope(), kPush, std::move(rest));
  }
  Tell(context, event, log);
  return json::Object();
}

net::aw<Answer<>> Run(WaitContext context, json::Object payload) {
  const std::string push_id(payload.GetString("PushId"));
  Engine& engine = context.engine();
  // Events of a repository are told in the order of its pushes.
  std::string line = "events of " + std::string(payload.GetString("Repository"));
  const Turn turn = co_await TakeTurn(engine, std::move(line));
  for (;;) {
    const Record* record = engine.store.Find(Context::GlobalScope(), kPush, push_id);
    if (!record) co_return json::Object();
    const json::Object push = record->body;
    auto repository = FindRepository(engine, push.GetString("Repository"));
    if (!repository) {  // removed meanwhile: nobody is left to tell
      co_return context.State([&](Context& state) -> Answer<> {
        state.store.Delete(Context::GlobalScope(), kPush, push_id);
        return json::Object();
      });
    }
    PushFacts facts =
        FactsOf(push, push.GetArray("Events").front().AsObject(), std::move(*repository));
    const PushEvent event = co_await MakePushEvent(engine, std::move(facts));
    TL_CO_DO(context.State(
        [&](Context& state) { return TellFirst(state, push_id, event, context.log()); }));
  }
}

constexpr WaitHandler kRun{Run};

}  // namespace

void SchedulePush(Context& context, const std::string& repository, const std::string& pusher,
                  const Refs& before, const std::vector<RefChange>& changes) {
  json::Object known;
  for (const auto& [ref, id] : before) {
    if (known.size() >= kMaxKnown) break;
    if (ref.starts_with("refs/heads/")) known.Set(ref, id);
  }
  json::Object body{{"Repository", repository},
                    {"Pusher", pusher},
                    {"At", context.Now().time_since_epoch().count()},
                    {"Known", std::move(known)},
                    {"Events", EventsOf(context, changes)}};
  std::string id = NewUuid(context.random);
  context.store.Put(Context::GlobalScope(), kPush,
                    {.id = id, .parent = {}, .name = id, .body = std::move(body)});
  context.jobs.ScheduleAt(context, kAnnouncePushJob,
                          json::Object{{"PushId", id}, {"Repository", repository}}, context.Now());
}

std::span<const PushListener* const> AllPushListeners() {
#define TL_ADDRESS_OF_PUSH_LISTENER(name) &k##name##PushListener,
  static constexpr const PushListener* kListeners[] = {
      TL_CLOUD_PUSH_LISTENERS(TL_ADDRESS_OF_PUSH_LISTENER)};
#undef TL_ADDRESS_OF_PUSH_LISTENER
  return kListeners;
}

}  // namespace git

constinit const JobKind kAnnouncePushJob{.name = "git.announce-push", .wait = &git::kRun};

}  // namespace trunkline::cloud
