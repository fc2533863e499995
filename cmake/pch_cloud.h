// What nearly every file of the cloud includes. Only the build reads this; cmake/floors.cmake has the folders these come from.
#pragma once

#include <pch_asio.h>

#include "base/json.h"
#include "base/text.h"
#include "cloud/wait.h"
