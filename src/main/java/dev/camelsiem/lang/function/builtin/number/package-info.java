/** Functions about numbers: conversion from text, integer arithmetic, byte order. */
@NullMarked
package dev.camelsiem.lang.function.builtin.number;

import org.jspecify.annotations.NullMarked;
