#pragma once

// Front door of the place room.
#include "place/gazetteer.h"
#include "place/resolver.h"
