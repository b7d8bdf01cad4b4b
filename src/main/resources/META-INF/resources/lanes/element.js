import { LitElement } from 'lit';

/**
 * An element that renders into the page itself: one stylesheet, one tab order, labels that reach their fields.
 * Reactive properties get their first value in the constructor: a class field would hide Lit's accessor.
 */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
