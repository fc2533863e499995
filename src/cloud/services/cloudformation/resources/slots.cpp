#include "cloud/services/cloudformation/resources/slots.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/random.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/services/cloudformation/resources/signals.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/cloudformation";
constexpr std::size_t kTokenLength = 48;
constexpr std::size_t kMaxBody = 4096;  // of a custom resource's response (documented)

Slot Show(const Context& context, const Record& record) {
  return {.token = record.id, .url = fmt::format("{}{}/{}", context.endpoint, kPrefix, record.id)};
}

// A signal of a wait condition: {"Status", "UniqueId", "Reason", "Data"}.
bool TakeSignal(Store& store, const Record& slot, const std::string& text) {
  const auto parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) return false;
  const json::Object& body = parsed->AsObject();
  const std::string_view status = body.GetString("Status");
  if ((status != "SUCCESS" && status != "FAILURE") || body.GetString("UniqueId").empty())
    return false;
  PutSignalIn(store, slot.id,
              {.unique_id = std::string(body.GetString("UniqueId")),
               .success = status == "SUCCESS",
               .reason = std::string(body.GetString("Reason")),
               .data = std::string(body.GetString("Data"))});
  return true;
}

bool TakeAnswer(Store& store, Record slot, const std::string& text) {
  if (slot.body.Has("Answer") || !IsUtf8(text)) return false;
  slot.body.Set("Answer", text);
  store.Put(Context::GlobalScope(), kSlot, std::move(slot));
  return true;
}

net::aw<net::Response> Serve(Engine& engine, net::Request request) {
  const std::string_view path = request.path();
  const std::string token(path.size() > kPrefix.size() ? path.substr(kPrefix.size() + 1) : "");
  const Record* found = engine.store.Find(Context::GlobalScope(), kSlot, token);
  if (request.method != "PUT" || !found)
    co_return JsonResponse(403, json::Object{{"message", "Access Denied"}});
  if (request.body.size() > kMaxBody) {
    const std::string text = fmt::format("an answer takes {} bytes at most", kMaxBody);
    co_return JsonResponse(400, json::Object{{"message", text}});
  }
  const Record slot = *found;
  const auto done = engine.store.Transact([&] {
    return slot.body.GetBool("Signals") ? TakeSignal(engine.store, slot, request.body)
                                        : TakeAnswer(engine.store, slot, request.body);
  });
  if (!done || !*done)
    co_return JsonResponse(400, json::Object{{"message", "the answer is not understood"}});
  net::Response response;
  response.status = 200;
  co_return response;
}

}  // namespace

Slot OpenSlot(Context& context, std::string_view name, bool signals, bool& fresh) {
  const Record* found = context.store.FindByName(Context::GlobalScope(), kSlot, {}, name);
  fresh = found == nullptr;
  if (found) return Show(context, *found);
  Record record{.id = NewToken(context.random, kTokenLength, kAlphanumeric),
                .parent = {},
                .name = std::string(name),
                .body = {{"Signals", signals}}};
  Slot slot = Show(context, record);
  context.store.Put(Context::GlobalScope(), kSlot, std::move(record));
  return slot;
}

std::optional<std::string> SlotAnswer(Context& context, std::string_view token) {
  const Record* found = context.store.Find(Context::GlobalScope(), kSlot, token);
  if (!found || !found->body.Has("Answer")) return std::nullopt;
  return std::string(found->body.GetString("Answer"));
}

void CloseSlot(Context& context, std::string_view token) {
  context.store.Delete(Context::GlobalScope(), kSlot, token);
}

std::string TokenOfUrl(std::string_view url) {
  const std::size_t at = url.find(kPrefix);
  if (at == url.npos || url.size() <= at + kPrefix.size()) return {};
  return std::string(url.substr(at + kPrefix.size() + 1));
}

}  // namespace cloudformation

constinit const AdminRoute kCloudformationAdminRoute{.prefix = cloudformation::kPrefix,
                                                     .handle = cloudformation::Serve};

}  // namespace trunkline::cloud
