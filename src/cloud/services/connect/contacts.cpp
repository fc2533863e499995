// Contacts that run, or have run: described, changed and ended.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cloud/contacts/host.h"
#include "cloud/services/connect/contact_input.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/wait.h"

namespace trunkline::cloud::connect {
namespace {

using contacts::LiveContact;
using Live = std::shared_ptr<LiveContact>;

// A contact of an instance: its record, and the contact itself while the cloud remembers it.
struct Found {
  Record record;
  Live live;  // null: it ran under a cloud that is gone, or is forgotten

  bool runs() const { return live && !live->ended(); }
};

ServiceError NoContact(std::string_view id, const Record& instance) {
  return NotFound("contact", id, instance);
}

// By its id. A contact that has changed queues is found by the first of its ids.
Answer<Found> FindContact(const WaitContext& context, const json::Object& input,
                          std::string_view label) {
  const std::string_view id = input.GetString(label);
  Found found{.record = {}, .live = context.engine().Get<contacts::Contacts>().Find(id)};
  TL_TRY(const json::Object none, context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* instance, FindActiveInstance(state, input));
    const Record* record =
        contacts::FindRecord(state, instance->id, found.live ? found.live->id : std::string(id));
    if (record == nullptr) return NoContact(id, *instance);
    found.record = *record;
    return json::Object();
  }));
  static_cast<void>(none);
  return found;
}

// Changes of a contact that is gone go to its record alone.
Answer<> ChangeRecord(const WaitContext& context, Record record) {
  return context.State([&](Context& state) -> Answer<> {
    record.body.Set("LastUpdateTimestamp", Now(state));
    state.store.Put(state.RegionScope(), contacts::kContactRecord, record);
    return json::Object();
  });
}

net::aw<Answer<>> DescribeContact(WaitContext context, json::Object input) {
  TL_CO_TRY(const Found found, FindContact(context, input, "ContactId"));
  json::Object output;
  output.Set("Contact", contacts::Described(found.record, found.runs()));
  co_return output;
}

net::aw<Answer<>> GetContactAttributes(WaitContext context, json::Object input) {
  TL_CO_TRY(const Found found, FindContact(context, input, "InitialContactId"));
  json::Object output;
  output.Set("Attributes", found.live ? found.live->contact.attributes()
                                      : found.record.body.GetObject("Attributes"));
  co_return output;
}

json::Value ShownReference(const json::Member& reference) {
  const json::Object& body = reference.value.AsObject();
  const std::string_view type = body.GetString("Type");
  const std::string_view wrapper = type == "URL"      ? "Url"
                                   : type == "NUMBER" ? "Number"
                                   : type == "DATE"   ? "Date"
                                   : type == "EMAIL"  ? "Email"
                                                      : "String";
  json::Object shown;
  shown.Set(wrapper, json::Object{{"Name", reference.key}, {"Value", body.GetString("Value")}});
  return shown;
}

bool IsWanted(const json::Array& types, std::string_view type) {
  return std::ranges::any_of(types, [&](const json::Value& one) { return one.AsString() == type; });
}

net::aw<Answer<>> ListContactReferences(WaitContext context, json::Object input) {
  TL_CO_TRY(const Found found, FindContact(context, input, "ContactId"));
  json::Array references;
  for (const json::Member& reference : found.record.body.GetObject("References")) {
    const std::string_view type = reference.value.AsObject().GetString("Type");
    if (IsWanted(input.GetArray("ReferenceTypes"), type))
      references.push_back(ShownReference(reference));
  }
  json::Object output;
  output.Set("ReferenceSummaryList", std::move(references));
  co_return output;
}

// `DisconnectReason` is for campaigns' calls: it changes nothing here.
net::aw<Answer<>> StopContact(WaitContext context, json::Object input) {
  TL_CO_TRY(const Found found, FindContact(context, input, "ContactId"));
  if (!found.runs()) {
    const std::string text = fmt::format("contact '{}' is not active", found.record.id);
    const bool voice = found.record.body.GetString("Channel") == "VOICE";
    co_return ServiceError(voice ? "ContactNotFoundException" : "ResourceNotFoundException", text);
  }
  contacts::End(context.engine(), found.live, "the contact was stopped", "API");
  co_return json::Object();
}

net::aw<Answer<>> UpdateContactAttributes(WaitContext context, json::Object input) {
  TL_CO_DO(CheckContactAttributes(input.GetObject("Attributes")));
  TL_CO_TRY(Found found, FindContact(context, input, "InitialContactId"));
  json::Object attributes =
      found.live ? found.live->contact.attributes() : found.record.body.GetObject("Attributes");
  for (const json::Member& attribute : input.GetObject("Attributes"))
    attributes.Set(attribute.key, attribute.value);
  TL_CO_DO(CheckContactAttributes(attributes));
  if (!found.live) {
    found.record.body.Set("Attributes", std::move(attributes));
    co_return ChangeRecord(context, std::move(found.record));
  }
  for (const json::Member& attribute : input.GetObject("Attributes"))
    found.live->contact.SetAttribute(attribute.key, attribute.value.AsString());
  contacts::Keep(context, *found.live);
  co_return json::Object();
}

// Of voice and chat contacts the service changes references only; of tasks name and description,
// too.
net::aw<Answer<>> UpdateContact(WaitContext context, json::Object input) {
  constexpr std::string_view kRefused[] = {"QueueInfo", "UserInfo", "CustomerEndpoint",
                                           "SystemEndpoint"};
  TL_CO_DO(RefuseMembers(input, kRefused));
  TL_CO_DO(CheckContactReferences(input.GetObject("References")));
  TL_CO_TRY(Found found, FindContact(context, input, "ContactId"));
  json::Object details;
  CopyMembers(input, {"Name", "Description", "SegmentAttributes"}, details);
  json::Object& kept = found.live ? found.live->plan.details : found.record.body;
  for (const json::Member& detail : details) kept.Set(detail.key, detail.value);
  json::Object references = found.record.body.GetObject("References");
  for (const json::Member& reference : input.GetObject("References"))
    references.Set(reference.key, reference.value);
  TL_CO_DO(CheckContactReferences(references));
  if (!found.live) {
    if (!references.empty()) found.record.body.Set("References", std::move(references));
    co_return ChangeRecord(context, std::move(found.record));
  }
  found.live->plan.references = std::move(references);
  contacts::Keep(context, *found.live);
  co_return json::Object();
}

constexpr WaitHandler kDescribeContact{DescribeContact};
constexpr WaitHandler kGetContactAttributes{GetContactAttributes};
constexpr WaitHandler kListContactReferences{ListContactReferences};
constexpr WaitHandler kStopContact{StopContact};
constexpr WaitHandler kUpdateContact{UpdateContact};
constexpr WaitHandler kUpdateContactAttributes{UpdateContactAttributes};

constexpr Operation kOperations[] = {
    {.name = "DescribeContact", .wait = &kDescribeContact},
    {.name = "GetContactAttributes", .wait = &kGetContactAttributes},
    {.name = "ListContactReferences", .wait = &kListContactReferences},
    {.name = "StopContact", .wait = &kStopContact},
    {.name = "UpdateContact", .wait = &kUpdateContact},
    {.name = "UpdateContactAttributes", .wait = &kUpdateContactAttributes},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kContactOperations = kOperations;

}  // namespace trunkline::cloud::connect
