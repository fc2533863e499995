// Virtual MFA devices. They are kept, enabled and listed; nobody is asked for a code when calling.
// The seed is given as text alone: there is no picture of it.
#include "base/hash.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/one_time_code.h"
#include "cloud/services/iam/user_things.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kSeedLength = 40;
constexpr std::size_t kMaxDevices = 8;  // of a user

ServiceError NoDevice(std::string_view serial) {
  return NoSuchEntity(fmt::format("MFA Device with serial number {} does not exist.", serial));
}

Answer<Record> FindDevice(Context& context, std::string_view serial) {
  if (const Record* found = context.store.Find(context.AccountScope(), kMfaDevice, serial))
    return *found;
  return NoDevice(serial);
}

Answer<> CreateVirtualMFADevice(Context& context, const json::Object& input) {
  TL_TRY(const std::string path, ChoosePath(input));
  TL_DO(CheckTags(input.GetArray("Tags"), TagKeys::kExact));
  const std::string serial =
      IamArn(context, fmt::format("mfa{}{}", path, input.GetString("VirtualMFADeviceName")));
  if (FindDevice(context, serial)) return AlreadyExists("MFA device already exists.");
  const std::string seed = NewToken(context.random, kSeedLength, kAlphanumeric);
  context.store.Put(context.AccountScope(), kMfaDevice,
                    {.id = serial,
                     .parent = {},
                     .name = serial,
                     .body = {{"Seed", seed}, {"Tags", input.GetArray("Tags")}}});
  json::Object device{{"SerialNumber", serial}, {"Base32StringSeed", ToBase32(seed)}};
  if (input.Has("Tags")) device.Set("Tags", input.At("Tags"));
  return json::Object{{"VirtualMFADevice", std::move(device)}};
}

Answer<> DeleteVirtualMFADevice(Context& context, const json::Object& input) {
  TL_TRY(const Record device, FindDevice(context, input.GetString("SerialNumber")));
  if (!device.parent.empty())
    return DeleteConflict("Device is currently in use, please deactivate first.");
  context.store.Delete(context.AccountScope(), kMfaDevice, device.id);
  return json::Object();
}

const Record* UserOf(Context& context, const Record& device) {
  if (device.parent.empty()) return nullptr;
  for (const Record* user : context.store.List(context.AccountScope(), kUser)) {
    if (UserIdOf(*user) == device.parent) return user;
  }
  return nullptr;
}

// A device that was enabled once is not listed as unassigned (seen); neither is it assigned.
bool IsListed(const Record& device, std::string_view status) {
  if (status == "Assigned") return !device.parent.empty();
  if (status == "Unassigned") return device.parent.empty() && !device.body.Has("EnableDate");
  return true;
}

Answer<> ListVirtualMFADevices(Context& context, const json::Object& input) {
  const std::string_view status = input.GetString("AssignmentStatus", "Any");
  std::vector<const Record*> devices;
  std::vector<std::string> serials;
  for (const Record* device : context.store.List(context.AccountScope(), kMfaDevice)) {
    if (!IsListed(*device, status)) continue;
    devices.push_back(device);
    serials.push_back(device->id);
  }
  TL_TRY(const Page page,
         TakePage(input, fmt::format("ListVirtualMFADevices {}", status), serials));
  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    json::Object one{{"SerialNumber", devices[i]->id}};
    if (const Record* user = UserOf(context, *devices[i])) {
      one.Set("User", ToListedUser(*user));
      one.Set("EnableDate", devices[i]->body.At("EnableDate"));
    }
    shown.push_back(std::move(one));
  }
  json::Object answer{{"VirtualMFADevices", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

// By the real clock: codes are made by a device that knows no other.
Answer<void> CheckCodes(Context& context, const Record& device, const json::Object& input) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(context.real_clock.Now().time_since_epoch())
          .count();
  if (AreCodesInARow(device.body.GetString("Seed"), seconds, input.GetString("AuthenticationCode1"),
                     input.GetString("AuthenticationCode2")))
    return {};
  return ServiceError("InvalidAuthenticationCodeException",
                      "Authentication code for device is not valid.");
}

Answer<> EnableMFADevice(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  TL_TRY(Record device, FindDevice(context, input.GetString("SerialNumber")));
  if (!device.parent.empty()) return AlreadyExists("MFA Device is already in use.");
  if (context.store.List(context.AccountScope(), kMfaDevice, UserIdOf(user)).size() >= kMaxDevices)
    return LimitExceeded("Cannot exceed quota for MfaDevicesPerUser: 8");
  TL_DO(CheckCodes(context, device, input));
  device.parent = UserIdOf(user);
  device.body.Set("EnableDate", json::Number{EpochSeconds(context.Now())});
  context.store.Put(context.AccountScope(), kMfaDevice, std::move(device));
  return json::Object();
}

Answer<Record> FindEnabled(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(const Record device, FindDevice(context, input.GetString("SerialNumber")));
  if (device.parent == UserIdOf(user)) return device;
  return NoDevice(device.id);
}

Answer<> DeactivateMFADevice(Context& context, const json::Object& input) {
  TL_TRY(Record device, FindEnabled(context, input));
  device.parent.clear();
  context.store.Put(context.AccountScope(), kMfaDevice, std::move(device));
  return json::Object();
}

Answer<> ResyncMFADevice(Context& context, const json::Object& input) {
  TL_TRY(const Record device, FindEnabled(context, input));
  TL_DO(CheckCodes(context, device, input));
  return json::Object();
}

Answer<> GetMFADevice(Context& context, const json::Object& input) {
  TL_TRY(const Record device, FindDevice(context, input.GetString("SerialNumber")));
  const Record* user = UserOf(context, device);
  json::Object answer{{"SerialNumber", device.id}};
  if (user) {
    answer.Set("UserName", user->id);
    answer.Set("EnableDate", device.body.At("EnableDate"));
  }
  return answer;
}

Answer<> ListMFADevices(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  const auto devices = context.store.List(context.AccountScope(), kMfaDevice, UserIdOf(user));
  std::vector<std::string> serials;
  for (const Record* device : devices) serials.push_back(device->id);
  TL_TRY(const Page page, TakePage(input, "ListMFADevices " + user.id, serials));
  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(json::Object{{"UserName", user.id},
                                 {"SerialNumber", devices[i]->id},
                                 {"EnableDate", devices[i]->body.At("EnableDate")}});
  }
  json::Object answer{{"MFADevices", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateVirtualMFADevice", .handle = CreateVirtualMFADevice},
    {.name = "DeactivateMFADevice", .handle = DeactivateMFADevice},
    {.name = "DeleteVirtualMFADevice", .handle = DeleteVirtualMFADevice},
    {.name = "EnableMFADevice", .handle = EnableMFADevice},
    {.name = "GetMFADevice", .handle = GetMFADevice},
    {.name = "ListMFADevices", .handle = ListMFADevices},
    {.name = "ListVirtualMFADevices", .handle = ListVirtualMFADevices},
    {.name = "ResyncMFADevice", .handle = ResyncMFADevice},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMfaOperations = kOperations;

}  // namespace trunkline::cloud::iam
