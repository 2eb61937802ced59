import { createSSRApp, h, onMounted, ref } from 'vue';

const App = {
  props: ['attributes', 'hasChild'],
  setup({ attributes, hasChild }) {
    const isShown = ref(hasChild);
    const showChild = (value) => void (isShown.value = value);
    onMounted(() => Object.assign(globalThis, { showChild }));
    return () => {
      const children = isShown.value ? [h('form', { slot: 'login' }, 'Log in here')] : [];
      return h('main', [h('qualifio-campaign', attributes, children)]);
    };
  },
};

export const hydratePage = (root, props) => createSSRApp(App, props).mount(root);
