// Contact records: what Amazon Connect gives to a stream when a contact ends goes to a log group
// here.
#pragma once

#include "cloud/wait.h"

namespace trunkline::cloud::contacts {

struct LiveContact;

// Of a contact that has ended: to the log group "/aws/connect/<alias>/contact-records", a stream
// per contact, in the shape of the service's contact records.
void WriteContactRecord(const WaitContext& context, const LiveContact& live);

}  // namespace trunkline::cloud::contacts
