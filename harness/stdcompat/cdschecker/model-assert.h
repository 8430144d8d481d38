#pragma once

#include <assert.h>

#define MODEL_ASSERT(expression) assert(expression)
