#pragma once

// The front door of store/: a chronicle's directory and what lies in it.
#include "store/chronicle.h"
#include "store/epochs.h"
#include "store/index.h"
#include "store/keyring.h"
#include "store/keys.h"
#include "store/ledger.h"
#include "store/objects.h"
#include "store/part_spool.h"
#include "store/quarantine.h"
#include "store/sqlite.h"
#include "store/tiles.h"
#include "store/tokens.h"
