#pragma once

// The front door of seal/: writing and auditing the log of a chronicle; witnessing other logs.
#include "seal/audit.h"
#include "seal/backup.h"
#include "seal/continued.h"
#include "seal/cosigning.h"
#include "seal/create.h"
#include "seal/log_writer.h"
#include "seal/restore.h"
#include "seal/rotate.h"
#include "seal/shred.h"
#include "seal/witness.h"
