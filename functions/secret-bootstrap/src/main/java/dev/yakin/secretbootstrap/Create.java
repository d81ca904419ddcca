package dev.yakin.secretbootstrap;

import dev.yakin.shared.Action;

/** Makes one parameter with a random value. */
public record Create(String target, String reason) implements Action {}
