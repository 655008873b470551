#pragma once

// The front door of seal/: writing and auditing the log of a chronicle.
#include "seal/audit.h"
#include "seal/create.h"
#include "seal/log_writer.h"
